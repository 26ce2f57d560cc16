import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { buildServer } from "./support/build.js";
import { environmentFor } from "./support/environment.js";
import { ServerProcess } from "./support/server-process.js";

let emulator: Emulator;
let token: string;

beforeAll(async () => {
  buildServer();
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 } });
  token = await emulator.mintToken({ user: "user-one" });
}, 120_000);

afterAll(() => emulator?.close());

beforeEach(() => emulator.reset());

const CREATION = { service: "communication", method: "POST", path: "/identities" } as const;

const newTeamsToken = () => emulator.mintToken({ user: "user-one", application: "api", audience: "teams" });

async function start(variables: Record<string, string> = {}) {
  const server = new ServerProcess({ ...environmentFor(emulator), ...variables });
  const url = await server.url();
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
    fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  return { server, url, ask };
}

describe("the server", () => {
  it("serves the whole journey, one log line per request, and nothing secret in any of them", async () => {
    const { server, ask } = await start({ AZURE_LOG_LEVEL: "verbose" });
    const teamsToken = await newTeamsToken();
    const answers: [method: string, path: string, status: number, headers?: Record<string, string>, body?: object][] = [
      ["GET", "/api/user", 404],
      ["POST", "/api/user", 201],
      ["POST", "/api/user/", 200],
      ["GET", "/api/user", 200],
      ["GET", "/api/token", 201],
      ["POST", "/api/token", 201, {}, { scopes: ["chat"], expiresInMinutes: 60 }],
      ["GET", "/api/token/teams", 201, { "teams-user-aad-token": teamsToken }],
      ["POST", "/exchange", 200, {}, { accessToken: teamsToken }],
      ["POST", "/api/token/revoke", 204],
      ["DELETE", "/api/user", 204],
      ["GET", "/api/token", 404],
      ["GET", "/api/user", 401, { authorization: `Bearer ${token}x` }],
      ["PUT", "/api/user", 405],
      ["GET", `/nope/${token}`, 404],
    ];
    const secrets = [
      token,
      teamsToken,
      emulator.communication.accessKey,
      emulator.fixtures.applications.api.clientSecret,
    ];
    for (const [method, path, status, headers, body] of answers) {
      const answer = await ask(method, path, { "x-request-id": "request-1", ...headers }, body);
      const text = await answer.text();
      expect([method, path, answer.status]).toEqual([method, path, status]);
      expect(answer.headers.get("x-powered-by")).toBeNull();
      if (text.includes('"token"')) secrets.push(JSON.parse(text).token);
    }
    server.kill("SIGTERM");
    expect(await server.exitCode()).toBe(0);

    const requests = server.log.filter(({ msg }) => msg === "request");
    expect(requests).toHaveLength(answers.length);
    expect(requests[1]).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      msg: "request",
      method: "POST",
      route: "/api/user",
      status: 201,
      durationInMs: expect.any(Number),
      requestId: "request-1",
    });
    expect(requests.at(-1)).toMatchObject({ status: 404, code: "not_found" });
    const loggers = new Set(server.log.map(({ logger }) => logger));
    for (const logger of ["azure:acs-auth:http", "azure:communication-identity"]) expect(loggers).toContain(logger);

    const [identity] = emulator.state().communication.identities;
    secrets.push(emulator.fixtures.users["user-one"].objectId, identity?.id.split("_")[1] ?? "");
    expect(secrets).toHaveLength(10);
    for (const secret of secrets) expect(server.stdout).not.toContain(secret);
    expect(server.stdout).toContain("8:acs:REDACTED");
    expect(server.stderr).toBe("");
  });

  it("says that it is healthy to everybody", async () => {
    const { url } = await start();
    const answer = await fetch(new URL("/health", url));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok" });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).toBeNull();
  });

  it("answers what is nobody's with a problem that repeats nothing", async () => {
    const { url } = await start();
    const answer = await fetch(new URL("/nope?secret", url));
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.text()).not.toMatch(/nope|secret/);
  });

  it("reaches ACS without a key, with the credentials of the environment", async () => {
    const { ask } = await start({
      COMMUNICATION_SERVICES_CONNECTION_STRING: "",
      COMMUNICATION_SERVICES_ENDPOINT: emulator.communication.url,
    });
    expect((await ask("POST", "/api/user")).status).toBe(201);
    expect((await ask("GET", "/api/token")).status).toBe(201);
  });

  it("warns where ACS is another resource than the settings say", async () => {
    const { server, ask } = await start({ COMMUNICATION_SERVICES_RESOURCE_ID: "e0000000-0000-4000-8000-00000000000f" });
    await ask("POST", "/api/user");
    await server.logged(({ msg }) => String(msg).includes("another resource than the configured"));
  });

  it("limits each user's requests when told so", async () => {
    const { ask } = await start({ RATE_LIMIT_PER_MINUTE: "2" });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await ask("GET", "/api/user")).status);
    expect(statuses).toEqual([404, 404, 429]);
  });

  it("writes down what was left behind at ACS, past its log", async () => {
    const folder = await mkdtemp(join(tmpdir(), "acs-auth-server-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const orphans = join(folder, "orphans.jsonl");
    const { server, ask } = await start({ ORPHANS_FILE: orphans });
    emulator.faults.add({ ...CREATION, connection: "reset", stage: "after", times: 1 });
    expect((await ask("POST", "/api/user")).status).toBe(201);
    const { objectId, tenant } = defaultFixtures.users["user-one"];
    const user = { tenantId: defaultFixtures.tenants[tenant]?.id, objectId };
    expect(JSON.parse(await readFile(orphans, "utf8"))).toMatchObject({
      certainty: "possible",
      reason: "create_reply_lost",
      user,
    });
    expect(server.stdout).not.toContain(objectId);
  });

  it("takes Teams tokens of another application when told so", async () => {
    const { ask } = await start({ TEAMS_CLIENT_ID: emulator.fixtures.applications.client.clientId });
    const teamsToken = await emulator.mintToken({ user: "user-one", audience: "teams" });
    expect((await ask("GET", "/api/token/teams", { "teams-user-aad-token": teamsToken })).status).toBe(201);
    expect((await ask("GET", "/api/token/teams", { "teams-user-aad-token": await newTeamsToken() })).status).toBe(400);
  });

  it("opens itself to the listed origins only", async () => {
    const { ask } = await start({ CORS_ORIGINS: "http://localhost:3000" });
    const allowOriginFor = async (origin: string) =>
      (await ask("GET", "/api/user", { origin })).headers.get("access-control-allow-origin");
    expect(await allowOriginFor("http://localhost:3000")).toBe("http://localhost:3000");
    expect(await allowOriginFor("http://localhost:3001")).toBeNull();
  });

  it("has room in the headers for two tokens and no more", async () => {
    const { ask } = await start();
    expect((await ask("GET", "/api/user", { "x-large": "a".repeat(20_000) })).status).toBe(404);
    expect((await ask("GET", "/api/user", { "x-large": "a".repeat(40_000) })).status).toBe(431);
  });

  it("warns of the memory store in production", async () => {
    const { server } = await start({ NODE_ENV: "production" });
    const line = await server.logged(({ code }) => code === "ACS_AUTH_MEMORY_STORE");
    expect(line).toMatchObject({ level: "warn", logger: "AcsAuthWarning" });
    expect(server.stderr).toBe("");
  });
});

describe.each(["SIGTERM", "SIGINT"] as const)("on %s", (signal) => {
  it("finishes the request in flight, accepts no other, and exits with 0", async () => {
    const { server, url, ask } = await start();
    await ask("GET", "/health"); // leaves an idle connection behind
    emulator.faults.add({ service: "communication", path: "/identities", delayInMs: 1_000 });
    const asked = ask("POST", "/api/user");
    while (emulator.requests.count({ service: "communication" }) === 0) await new Promise(setImmediate);
    server.kill(signal);
    await server.logged(({ msg }) => msg === "shutting down");
    await expect(fetch(new URL("/health", url), { headers: { connection: "close" } })).rejects.toThrow();
    expect((await asked).status).toBe(201);
    expect(await server.exitCode()).toBe(0);
    expect(server.log.at(-1)).toMatchObject({ msg: "stopped" });
  });
});

describe("a start that cannot succeed", () => {
  it("lists every problem of the configuration, without values or a stack", async () => {
    const server = new ServerProcess({
      ...environmentFor(emulator),
      IDENTITY_STORE: "floppy",
      PORT: "high",
      AZURE_TENANT_ID: "",
    });
    expect(await server.exitCode()).toBe(1);
    expect(server.stdout).toBe("");
    expect(server.stderr).toBe(
      [
        "The configuration is not valid:",
        "- AZURE_TENANT_ID is missing",
        "- IDENTITY_STORE must be one of: graph, cosmos, table, memory",
        "- PORT must be a port number from 0 to 65535",
        "",
      ].join("\n"),
    );
  });

  it("says that the port is taken", async () => {
    const { url } = await start();
    const server = new ServerProcess({ ...environmentFor(emulator), PORT: new URL(url).port });
    expect(await server.exitCode()).toBe(1);
    expect(server.log).toEqual([expect.objectContaining({ level: "fatal", code: "EADDRINUSE", msg: "cannot listen" })]);
    expect(server.stderr).toBe("");
  });
});
