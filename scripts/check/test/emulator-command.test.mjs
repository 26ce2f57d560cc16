import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { createCertificateAuthority } from "../../../packages/emulator/src/certificates.js";
import { checkEmulatorCommand } from "../emulator-command.mjs";
import { folderOf } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

const { caFile, issueCertificate } = await createCertificateAuthority(process.env.ACS_AUTH_EMULATOR_CERTIFICATES);
const certificate = await issueCertificate();

/** The least that the check takes for the emulator. */
const emulator = `#!/usr/bin/env node
if (process.argv.includes("--version")) return console.log("1.0.0");
const server = require("node:https").createServer(${JSON.stringify(certificate)}, (request, response) => {
  const discovery = JSON.stringify({ token_endpoint: authority + "/token" });
  response.end(request.url.includes("openid-configuration") ? discovery : "<!doctype html>");
});
let authority;
server.listen(0, () => {
  authority = "https://localhost:" + server.address().port;
  console.log("NODE_EXTRA_CA_CERTS=" + ${JSON.stringify(caFile)});
  console.log("AZURE_AUTHORITY_HOST=" + authority);
  console.log("  Page  " + authority);
  console.log("  Stop with Ctrl+C.");
});
process.once("SIGTERM", () => process.exit(0));
`;

/** A project in which it is installed. */
function projectWith(code) {
  const bin = { "acs-auth-emulator": "cli.js" };
  const project = folderOf({
    "package.json": { private: true },
    "node_modules/@acs-auth/emulator/package.json": { name: "@acs-auth/emulator", version: "1.0.0", bin },
    "node_modules/@acs-auth/emulator/cli.js": code,
  });
  mkdirSync(join(project, "node_modules/.bin"));
  chmodSync(join(project, "node_modules/@acs-auth/emulator/cli.js"), 0o755);
  symlinkSync("../@acs-auth/emulator/cli.js", join(project, "node_modules/.bin/acs-auth-emulator"));
  return project;
}

it("takes a command that starts, answers, has a page and stops", async () => {
  await checkEmulatorCommand(projectWith(emulator), "1.0.0");
});

it("does not wait for ever for a command that does not start", async () => {
  const project = projectWith(emulator.replace("let authority;", "return setInterval(() => {}, 1_000);"));
  await expect(checkEmulatorCommand(project, "1.0.0", 1_000)).rejects.toThrow("the installed emulator does not start");
});

it.each([
  ["says another version", '"1.0.0"', '"0.9.0"', "npx @acs-auth/emulator --version answers 0.9.0"],
  ["does not start", "let authority;", "return process.exit();", "the installed emulator does not start"],
  [
    "answers for another",
    'authority + "/token"',
    '"https://contoso.com/token"',
    "the installed emulator does not answer",
  ],
  ["has no page", '"<!doctype html>"', '"{}"', "the installed emulator has no page"],
  ["does not stop well", "process.exit(0)", "process.exit(3)", "the installed emulator ends with exit code 3"],
  [
    "has a certificate of another",
    JSON.stringify(caFile),
    '"/dev/null"',
    "self-signed certificate in certificate chain",
  ],
])("refuses a command that %s", async (_, find, replace, said) => {
  const project = projectWith(emulator.replace(find, () => replace));
  await expect(checkEmulatorCommand(project, "1.0.0")).rejects.toThrow(said);
});
