import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import { anyPorts, setting, useCli } from "./support/cli.js";

const cli = useCli();

describe("a running emulator", () => {
  it("prints settings that work", async () => {
    const running = await cli.runUntilReady();
    const connectionString = setting(running, "COMMUNICATION_SERVICES_CONNECTION_STRING");
    const { communicationUserId } = await new CommunicationIdentityClient(connectionString).createUser();
    expect(communicationUserId).toMatch(/^8:acs:/);
    const authority = `${setting(running, "AZURE_AUTHORITY_HOST")}/${setting(running, "AZURE_TENANT_ID")}`;
    const answer = await fetch(`${authority}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: setting(running, "AZURE_CLIENT_ID"),
        client_secret: setting(running, "AZURE_CLIENT_SECRET"),
        scope: "https://graph.microsoft.com/.default",
      }),
    });
    expect(await answer.json()).toMatchObject({ access_token: expect.any(String) });
    expect(setting(running, "NODE_EXTRA_CA_CERTS")).toBe(process.env["NODE_EXTRA_CA_CERTS"]);
    expect(running.output.stdout).toContain("user-one@home.example");
  });

  it("prints columns that are aligned", async () => {
    const { output } = await cli.runUntilReady();
    const [, services = ""] = /Services\n((?: {4}.*\n)+)/.exec(output.stdout) ?? [];
    const lines = services.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.indexOf("https://"))).size).toBe(1);
  });

  it("enforces rate limits when told to", async () => {
    const running = await cli.runUntilReady([...anyPorts, "--rate-limits"]);
    const client = new CommunicationIdentityClient(setting(running, "COMMUNICATION_SERVICES_CONNECTION_STRING"), {
      retryOptions: { maxRetries: 0 },
    });
    const user = { communicationUserId: "unknown" };
    const codes = await Promise.all(
      Array.from({ length: 510 }, () => client.deleteUser(user).catch(({ statusCode }) => statusCode)),
    );
    expect(codes.filter((code) => code === 429)).toHaveLength(10);
  });
});

it("explains its options, what they are for, and its exit codes", async () => {
  const { code, stdout } = await cli.run(["--help"]).exited;
  expect(code).toBe(0);
  const options = ["--entra-port", "--communication-port", "--graph-port", "--admin-port", "--certificates"];
  for (const option of [...options, "--import", "--export-on-exit", "--rate-limits", "--allow-production"]) {
    expect(stdout).toContain(`\n  ${option}`);
  }
  for (const heading of ["Ports, 0 for any free one:", "State:", "Examples:", "Environment:", "Exit codes:"]) {
    expect(stdout).toContain(`\n${heading}\n`);
  }
});

it("knows its version", async () => {
  const { code, stdout } = await cli.run(["--version"]).exited;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [["--entra-port", "x"], "It must be a number from 0 to 65535."],
  [["--entra-port", "70000"], "It must be a number from 0 to 65535."],
  [["--graph-port", "9000", "--admin-port", "9000"], "options '--graph-port' and '--admin-port' name the same port"],
  [["--export-on-exit"], "option '--export-on-exit' needs a file unless there is '--import'"],
  [["--import", ""], "It must be a path."],
  [["--zzz"], "unknown option '--zzz'"],
  [["extra"], "too many arguments"],
])("refuses %j with one line and exit code 2", async (args, message) => {
  const { code, stdout, stderr } = await cli.run(args).exited;
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toContain(message);
});

it("suggests the option that was meant", async () => {
  const { code, stderr } = await cli.run(["--entra-prt", "0"]).exited;
  expect(code).toBe(2);
  expect(stderr).toBe("error: unknown option '--entra-prt'\n(Did you mean --entra-port?)\n");
});

describe("with NODE_ENV=production", () => {
  const production = { NODE_ENV: "production" };

  it("does not start", async () => {
    const { code, stderr } = await cli.run(anyPorts, production).exited;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The emulator .* NODE_ENV=production.*\n$/);
  });

  it("starts when told to", async () => {
    await cli.runUntilReady([...anyPorts, "--allow-production"], production);
  });
});
