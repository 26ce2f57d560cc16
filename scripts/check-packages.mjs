// Packs every library as it would be published and checks what its users would get: exports and types that resolve in
// ESM and CommonJS (publint, attw), and a tarball that can be installed, imported and required. The emulator's command
// is run from there as well.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "acs-auth-packages-"));
const run = (command, args, cwd = root) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"] }).toString();

try {
  const tarballs = {};
  for (const name of readdirSync(join(root, "packages"))) {
    const directory = join(root, "packages", name);
    const { name: packageName, private: isPrivate } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    if (isPrivate) continue;
    run("pnpm", ["pack", "--pack-destination", work], directory);
    const tarball = readdirSync(work).find((file) => file.startsWith(`acs-auth-${name}-`) && file.endsWith(".tgz"));
    tarballs[packageName] = join(work, tarball);
    run("pnpm", ["exec", "publint", "--strict", tarballs[packageName]]);
    run("pnpm", ["exec", "attw", "--quiet", tarballs[packageName]]);
    const files = run("tar", ["-tzf", tarballs[packageName]]).trim().split("\n");
    const unexpected = files.filter((file) => !/^package\/(dist\/|package\.json$|README\.md$|LICENSE$)/.test(file));
    if (unexpected.length > 0) throw new Error(`${packageName} would publish ${unexpected.join(", ")}`);
    for (const file of ["package/README.md", "package/LICENSE"]) {
      if (!files.includes(file)) throw new Error(`${packageName} lacks ${file}`);
    }
  }

  const dependencies = Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]));
  writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, dependencies }));
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], work);
  for (const name of Object.keys(tarballs)) {
    const probe = "if (Object.keys(m).length === 0) throw new Error('no exports')";
    run(process.execPath, ["--input-type=module", "-e", `const m = await import("${name}"); ${probe}`], work);
    run(process.execPath, ["--input-type=commonjs", "-e", `const m = require("${name}"); ${probe}`], work);
  }
  await checkCommand();
  console.log(`${Object.keys(tarballs).length} packages pack, install, import and require.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** `npx @acs-auth/emulator` starts, answers with its own certificate, serves its page and stops when asked to. */
async function checkCommand() {
  const { version } = JSON.parse(readFileSync(join(root, "packages/emulator/package.json"), "utf8"));
  const answer = run("npx", ["--no", "--", "@acs-auth/emulator", "--version"], work).trim();
  if (answer !== version) throw new Error(`npx @acs-auth/emulator --version answers ${answer}`);

  const ports = ["--entra-port", "--communication-port", "--graph-port", "--admin-port"].flatMap((name) => [name, "0"]);
  const command = spawn(join(work, "node_modules/.bin/acs-auth-emulator"), ports, {
    cwd: work,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(command, "exit");
  try {
    const screen = await readUntil(command.stdout, "Stop with Ctrl+C");
    const find = (pattern) => pattern.exec(screen)?.[1] ?? "";
    const ca = readFileSync(find(/NODE_EXTRA_CA_CERTS=(.+)/));
    const authority = find(/AZURE_AUTHORITY_HOST=(.+)/);
    const discovery = JSON.parse(await fetchText(`${authority}/common/v2.0/.well-known/openid-configuration`, { ca }));
    if (!discovery.token_endpoint.startsWith(authority)) throw new Error("the installed emulator does not answer");
    const page = await fetchText(find(/^ +Page +(\S+)/m), { ca, headers: { accept: "text/html" } });
    if (!/^<!doctype html>/i.test(page)) throw new Error("the installed emulator has no page");
    command.kill("SIGTERM");
    const [exitCode] = await exited;
    if (exitCode !== 0) throw new Error(`the installed emulator ends with exit code ${exitCode}`);
  } finally {
    command.kill("SIGKILL");
  }
}

async function readUntil(stream, end) {
  let read = "";
  for await (const line of createInterface({ input: stream })) {
    read += `${line}\n`;
    if (line.includes(end)) return read;
  }
  throw new Error("the installed emulator does not start");
}

async function fetchText(url, options) {
  const [response] = await once(get(url, options), "response");
  return text(response);
}
