import { defaultFixtures, type Emulator, startEmulator, type UserFixture } from "@acs-auth/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildServer } from "./support/build.js";
import { graphEnvironmentFor } from "./support/environment.js";
import { ServerProcess } from "./support/server-process.js";

const MANY_USERS = 1_000;
const SERVICES = ["entra", "graph", "communication"] as const;

const manyUsers = Object.fromEntries(
  Array.from({ length: MANY_USERS }, (_, n): [string, UserFixture] => {
    const name = `user-${n + 1000}`;
    const objectId = `b0000000-0000-4000-8000-${String(n + 1000).padStart(12, "0")}`;
    const userPrincipalName = `${name}@home.example`;
    return [name, { objectId, tenant: "home", displayName: name, userPrincipalName, email: userPrincipalName }];
  }),
);

let emulator: Emulator;

beforeAll(async () => {
  buildServer();
  const fixtures = { ...defaultFixtures, users: { ...defaultFixtures.users, ...manyUsers } };
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, fixtures });
}, 120_000);

beforeEach(() => emulator.reset());

afterAll(() => emulator?.close());

/** Asks a server as a fixture user, with one access token of that user for all requests. */
async function start() {
  const server = new ServerProcess(graphEnvironmentFor(emulator));
  const url = await server.url();
  const tokens = new Map<string, string>();
  const ask = async (user: string, method: string, path: string) => {
    const token = tokens.get(user) ?? (await emulator.mintToken({ user }));
    tokens.set(user, token);
    return fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${token}` } });
  };
  return { server, url, ask };
}

async function bodyOf(answer: Response | undefined): Promise<{ acsUserIdentity?: string; code?: string }> {
  return answer ? ((await answer.json()) as object) : {};
}

/** Remote calls since the last count, by service. */
function remoteCalls() {
  const counts = SERVICES.map((service) => [service, emulator.requests.count({ service })] as const);
  emulator.requests.clear();
  return Object.fromEntries(counts);
}

/** A server that has signing keys and metadata already, as every server has after its first request. */
async function startWarm() {
  const started = await start();
  await started.ask("user-one", "GET", "/api/user");
  emulator.requests.clear();
  return started;
}

const liveIdentities = () =>
  emulator
    .state()
    .communication.identities.filter(({ deletedOn }) => deletedOn === undefined)
    .map(({ id }) => id);

it("logs one line for a request of a new user, and no noise of the SDKs", async () => {
  const { server, ask } = await start();
  await ask("user-two", "POST", "/api/user");
  await server.logged(({ route }) => route === "/api/user");
  expect(server.log.map(({ msg }) => msg)).toEqual(["listening", "request"]);
});

describe("remote calls", () => {
  it("are three for the first token of a known user, and one, to ACS, for every later one", async () => {
    const first = await start();
    expect((await first.ask("user-two", "POST", "/api/user")).status).toBe(201);

    const { ask } = await startWarm();
    expect((await ask("user-two", "GET", "/api/token")).status).toBe(201);
    expect(remoteCalls()).toEqual({ entra: 1, graph: 1, communication: 1 });
    for (let n = 0; n < 5; n++) expect((await ask("user-two", "GET", "/api/token")).status).toBe(201);
    expect(remoteCalls()).toEqual({ entra: 0, graph: 0, communication: 5 });
  });

  it("are four for a new user who joins with one request: On-Behalf-Of, read, create with token, write", async () => {
    const { ask } = await startWarm();
    expect((await ask("user-two", "POST", "/api/token")).status).toBe(201);
    expect(remoteCalls()).toEqual({ entra: 1, graph: 2, communication: 1 });
  });

  it("are five for a deletion: On-Behalf-Of, read, delete at ACS, read again, delete", async () => {
    const first = await start();
    await first.ask("user-two", "POST", "/api/user");
    const { ask } = await startWarm();
    expect((await ask("user-two", "DELETE", "/api/user")).status).toBe(204);
    expect(remoteCalls()).toEqual({ entra: 1, graph: 3, communication: 1 });
  });

  it("stay one per token for 1,000 users in rotation", async () => {
    const { ask } = await startWarm();
    const users = Object.keys(manyUsers);
    const forAll = async (method: string) => {
      for (let n = 0; n < users.length; n += 50) {
        const batch = users.slice(n, n + 50);
        const answers = await Promise.all(batch.map((user) => ask(user, method, "/api/token")));
        expect(answers.every(({ status }) => status === 201)).toBe(true);
      }
    };
    await forAll("POST");
    expect(remoteCalls()).toEqual({ entra: MANY_USERS, graph: 2 * MANY_USERS, communication: MANY_USERS });
    await forAll("GET");
    expect(remoteCalls()).toEqual({ entra: 0, graph: 0, communication: MANY_USERS });
  }, 120_000);
});

describe.each([0, 300])("two servers, with Graph's replicas %i ms behind", (milliseconds) => {
  it("give 50 concurrent first calls of one user the same identity and leave no other", async () => {
    emulator.graph.setReplicaLag({ milliseconds });
    const servers = await Promise.all([start(), start()]);
    const calls = Array.from({ length: 50 }, (_, n) => servers[n % 2]?.ask("user-one", "POST", "/api/user"));
    const answers = await Promise.all(calls);
    const bodies = await Promise.all(answers.map(bodyOf));
    expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([200, 201]));
    const ids = new Set(bodies.map(({ acsUserIdentity }) => acsUserIdentity));
    expect(ids.size).toBe(1);
    expect(liveIdentities()).toEqual([...ids]);
  }, 60_000);
});

describe("what Entra ID wants of the user first", () => {
  it("reaches a client that can handle it as a claims challenge, and any other as a refusal", async () => {
    const { url } = await startWarm();
    emulator.entra.requireMfa({ user: "user-one", resource: "graph" });
    const askWith = async (claims: Record<string, unknown>) => {
      const token = await emulator.mintToken({ user: "user-one", claims });
      return fetch(new URL("/api/token", url), { headers: { authorization: `Bearer ${token}` } });
    };

    const challenged = await askWith({ xms_cc: ["cp1"] });
    expect([challenged.status, (await bodyOf(challenged)).code]).toEqual([401, "claims_challenge"]);
    const challenge = challenged.headers.get("www-authenticate") ?? "";
    const [, claims = ""] =
      /^Bearer authorization_uri="https:[^"]+", error="insufficient_claims", claims="([^"]+)"$/.exec(challenge) ?? [];
    expect(JSON.parse(Buffer.from(claims, "base64").toString())).toHaveProperty("access_token");

    const refused = await askWith({});
    expect([refused.status, (await bodyOf(refused)).code]).toEqual([403, "claims_challenge"]);
    expect(refused.headers.get("www-authenticate")).toBeNull();
    expect(emulator.requests.count({ service: "communication" })).toBe(0);
  });

  it("has a code of its own where consent is missing", async () => {
    const { ask } = await startWarm();
    emulator.entra.revokeConsent({ user: "user-two", application: "api", resource: "graph" });
    const answer = await ask("user-two", "GET", "/api/token");
    expect([answer.status, (await bodyOf(answer)).code]).toEqual([403, "consent_required"]);
    expect((await ask("user-three", "GET", "/api/token")).status).toBe(404);
  });
});

describe("a user who rewrites their own extension", () => {
  it("is refused, for tokens and for deletion, and nothing is asked of ACS", async () => {
    const { ask } = await startWarm();
    await ask("user-one", "POST", "/api/user");
    await ask("user-two", "POST", "/api/user");
    const [attacker, victim] = ["user-one", "user-two"].map((name) => {
      const { objectId } = emulator.fixtures.users[name] ?? { objectId: "" };
      return emulator.state().graph.users.find((user) => user.objectId === objectId)?.extensions[0];
    });
    expect(attacker).toBeDefined();
    expect(victim).toBeDefined();
    const graphToken = await emulator.mintToken({ user: "user-one", audience: "graph", scopes: ["User.ReadWrite"] });
    const stolen = { ...victim?.properties, extensionName: victim?.id };
    const patched = await fetch(new URL(`/v1.0/me/extensions/${attacker?.id}`, emulator.graph.url), {
      method: "PATCH",
      headers: { authorization: `Bearer ${graphToken}`, "content-type": "application/json" },
      body: JSON.stringify({ "@odata.type": "#microsoft.graph.openTypeExtension", ...stolen }),
    });
    expect(patched.status).toBe(204);
    emulator.requests.clear();
    for (const [method, path] of [
      ["GET", "/api/token"],
      ["POST", "/api/token"],
      ["GET", "/api/user"],
      ["POST", "/api/user"],
      ["DELETE", "/api/user"],
      ["POST", "/api/token/revoke"],
    ] as const) {
      const answer = await ask("user-one", method, path);
      expect([path, answer.status, (await bodyOf(answer)).code]).toEqual([path, 403, "mapping_tampered"]);
    }
    expect(emulator.requests.count({ service: "communication" })).toBe(0);
    expect(liveIdentities()).toHaveLength(2);
  });
});
