import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandThatShowsPort, explainStart } from "../../src/cli/start-failure.js";
import { anyPorts, useCli } from "./support/cli.js";

const cli = useCli();
/** The rights of files and ports do not bind root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
/** The tests' certificate authority is not readable for everybody. */
const withoutCertificates = { NODE_EXTRA_CA_CERTS: undefined, ACS_AUTH_EMULATOR_CERTIFICATES: undefined };
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "acs-auth-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("a taken port: which one, of which service, who has it and what to do", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { code, stdout, stderr } = await cli.run([...anyPorts, "--communication-port", String(port)]).exited;
  taken.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  const [message, , other, show] = stderr.split("\n");
  expect(message).toBe(`error: ACS Identity cannot start: port ${port} is already in use.`);
  expect(other).toMatch(/^ {2}Use another port {2}--communication-port \d+ {2}0 takes any free one$/);
  expect(show).toBe(`  See what uses it  ${commandThatShowsPort(port)}`);
});

it.each([
  ["linux", "ss -ltnp 'sport = :8443'"],
  ["darwin", "lsof -nP -iTCP:8443 -sTCP:LISTEN"],
  ["win32", "netstat -ano | findstr :8443"],
] as const)("a taken port is looked up by what %s has", (platform, command) => {
  expect(commandThatShowsPort(8443, platform)).toBe(command);
});

describe("a port without the right to it", () => {
  it.skipIf(firstUnprivilegedPort() <= 80)("below 1024", async () => {
    await makeUsable(folder);
    const args = [...anyPorts, "--certificates", folder, "--entra-port", "80"];
    const { code, stderr } = await cli.run(args, withoutCertificates, nobody).exited;
    expect(code).toBe(1);
    expect(stderr).toBe(
      [
        "error: Entra ID cannot start: port 80 needs more rights than this process has.",
        "",
        "  Use a port from 1024 on  --entra-port 8080",
        "",
      ].join("\n"),
    );
  });

  it("that Windows has reserved", () => {
    const cause = Object.assign(new Error("listen EACCES"), { code: "EACCES", syscall: "listen", port: 50_000 });
    const ports = { entra: 1, communication: 2, graph: 50_000, admin: 4 };
    expect(explainStart(new Error("", { cause }), { ports, certificates: "" })).toMatchObject({
      message: "Microsoft Graph cannot start: the system keeps port 50000 to itself.",
      advice: [["Use another port", "--graph-port 51000"]],
    });
  });
});

describe("a certificate directory", () => {
  it("that may not be written", async () => {
    await chmod(folder, 0o555);
    const args = [...anyPorts, "--certificates", join(folder, "certificates")];
    const { code, stderr } = await cli.run(args, withoutCertificates, nobody).exited;
    expect(code).toBe(1);
    expect(stderr).toContain(
      `error: The certificate directory ${folder}/certificates cannot be used: this user may not read and write there.\n`,
    );
    expect(stderr).toContain("Use another one  --certificates <directory>");
  });

  it("whose key may not be read", async () => {
    await makeUsable(folder);
    await writeFile(join(folder, "ca-key.pem"), "not for everybody", { mode: 0o000 });
    const { code, stderr } = await cli.run([...anyPorts, "--certificates", folder], withoutCertificates, nobody).exited;
    expect(code).toBe(1);
    expect(stderr).toContain(`The certificate directory ${folder} cannot be used: this user may not read`);
    expect(stderr).not.toContain("not for everybody");
  });

  it("that is a file", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const { code, stderr } = await cli.run([...anyPorts, "--certificates", file]).exited;
    expect(code).toBe(1);
    expect(stderr).toContain(`${file} cannot be used: there is a file in the place of a directory.`);
  });
});

async function makeUsable(directory: string): Promise<void> {
  if (nobody.uid !== undefined) await chown(directory, nobody.uid, nobody.gid);
}

/** Containers often let everybody use every port. */
function firstUnprivilegedPort(): number {
  if (process.platform !== "linux") return 1024;
  return Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
}
