import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { build } from "tsup";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const buildFolder = join(packageFolder, "node_modules", ".cache", "cli-test");
const anyPorts = ["--entra-port", "0", "--communication-port", "0", "--graph-port", "0", "--admin-port", "0"];
const started: Cli[] = [];

beforeAll(async () => {
  await build({
    config: false,
    entry: [join(packageFolder, "src", "cli.ts")],
    format: ["esm"],
    target: "node20",
    outDir: buildFolder,
    skipNodeModulesBundle: true,
    silent: true,
  });
});
afterAll(() => rm(buildFolder, { recursive: true }));
afterEach(() => {
  for (const { process } of started.splice(0)) process.kill("SIGKILL");
});

interface Cli {
  readonly process: ChildProcess;
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly exited: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** The command as a process of its own. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Cli {
  const child = spawn(process.execPath, [join(buildFolder, "cli.js"), ...args], { env: { ...process.env, ...env } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  const exited = once(child, "close").then(([code]) => ({ code, ...output }));
  const cli = { process: child, output, exited };
  started.push(cli);
  return cli;
}

async function runUntilReady(args: readonly string[] = anyPorts, env: Readonly<Record<string, string>> = {}) {
  const cli = run(args, env);
  await expect.poll(() => cli.output.stdout + cli.output.stderr, { timeout: 15_000 }).toContain("Stop with Ctrl+C.");
  return cli;
}

function setting({ output }: Cli, name: string): string {
  const [, value = ""] = new RegExp(`export ${name}='?([^'\\n]*)`).exec(output.stdout) ?? [];
  return value;
}

describe("a running emulator", () => {
  it("prints settings that work", async () => {
    const cli = await runUntilReady();
    const connectionString = setting(cli, "COMMUNICATION_SERVICES_CONNECTION_STRING");
    const { communicationUserId } = await new CommunicationIdentityClient(connectionString).createUser();
    expect(communicationUserId).toMatch(/^8:acs:/);
    const authority = `${setting(cli, "AZURE_AUTHORITY_HOST")}/${setting(cli, "AZURE_TENANT_ID")}`;
    const answer = await fetch(`${authority}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: setting(cli, "AZURE_CLIENT_ID"),
        client_secret: setting(cli, "AZURE_CLIENT_SECRET"),
        scope: "https://graph.microsoft.com/.default",
      }),
    });
    expect(await answer.json()).toMatchObject({ access_token: expect.any(String) });
    expect(setting(cli, "NODE_EXTRA_CA_CERTS")).toBe(process.env["NODE_EXTRA_CA_CERTS"]);
    expect(cli.output.stdout).toContain("user-one@home.example");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stops at %s", async (signal) => {
    const cli = await runUntilReady();
    cli.process.kill(signal);
    const { code, stdout, stderr } = await cli.exited;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Stopped.");
  });

  it("enforces rate limits when told to", async () => {
    const cli = await runUntilReady([...anyPorts, "--rate-limits"]);
    const client = new CommunicationIdentityClient(setting(cli, "COMMUNICATION_SERVICES_CONNECTION_STRING"), {
      retryOptions: { maxRetries: 0 },
    });
    const user = { communicationUserId: "unknown" };
    const codes = await Promise.all(
      Array.from({ length: 510 }, () => client.deleteUser(user).catch(({ statusCode }) => statusCode)),
    );
    expect(codes.filter((code) => code === 429)).toHaveLength(10);
  });
});

it("explains its options", async () => {
  const { code, stdout } = await run(["--help"]).exited;
  expect(code).toBe(0);
  for (const option of ["--entra-port", "--communication-port", "--graph-port", "--admin-port", "--certificates"]) {
    expect(stdout).toContain(option);
  }
});

it("knows its version", async () => {
  const { code, stdout } = await run(["--version"]).exited;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [["--entra-port", "x"], "It must be a number from 0 to 65535."],
  [["--entra-port", "70000"], "It must be a number from 0 to 65535."],
  [["--unknown"], "unknown option '--unknown'"],
  [["extra"], "too many arguments"],
])("refuses %j with one line and exit code 2", async (args, message) => {
  const { code, stdout, stderr } = await run(args).exited;
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toContain(message);
});

it("names a taken port with one line and exit code 1", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const { code, stderr } = await run([...anyPorts, "--communication-port", port]).exited;
  taken.close();
  expect(code).toBe(1);
  expect(stderr).toBe(`error: The communication listener cannot start: port ${port} is already in use.\n`);
});

describe("with NODE_ENV=production", () => {
  const production = { NODE_ENV: "production" };

  it("does not start", async () => {
    const { code, stderr } = await run(anyPorts, production).exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The emulator .* NODE_ENV=production.*\n$/);
  });

  it("starts when told to", async () => {
    await runUntilReady([...anyPorts, "--allow-production"], production);
  });
});
