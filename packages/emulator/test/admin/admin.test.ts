import { once } from "node:events";
import { get } from "node:https";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { useEmulator } from "../support/emulator.js";

const emulator = useEmulator();

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${emulator().admin.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

function client() {
  return new CommunicationIdentityClient(emulator().communication.connectionString);
}

it("explains itself", async () => {
  const { status, body } = await call("GET", "/");
  expect(status).toBe(200);
  expect(body).toContain("POST   /tokens");
});

it("shows the state, without keys and tokens", async () => {
  const { user, token } = await client().createUserAndToken(["chat"]);
  const { body } = await call("GET", "/state");
  expect(body.communication.identities).toMatchObject([
    { id: user.communicationUserId, tokens: [{ scopes: ["chat"], status: "active" }] },
  ]);
  expect(JSON.stringify(body)).not.toContain(token.split(".")[2]);
  expect(JSON.stringify(body)).not.toContain(emulator().communication.accessKey);
});

it("resets state, faults and counters", async () => {
  await client().createUser();
  await call("POST", "/faults", { status: 500 });
  expect(await call("POST", "/reset")).toMatchObject({ status: 204 });
  expect(emulator().state().communication.identities).toEqual([]);
  expect(emulator().requests.count()).toBe(0);
  expect(emulator().faults.list()).toEqual([]);
});

it("adds, lists and removes faults", async () => {
  const fault = {
    service: "communication",
    method: "POST",
    path: "/identities",
    times: 1,
    status: 400,
    code: "Refused",
  };
  const added = await call("POST", "/faults", fault);
  expect(added).toEqual({ status: 201, body: { id: expect.any(String), fault, struck: 0 } });
  await expect(client().createUser()).rejects.toMatchObject({ code: "Refused" });
  expect((await call("GET", "/faults")).body).toEqual([{ ...added.body, struck: 1 }]);
  expect(await call("DELETE", `/faults/${added.body.id}`)).toMatchObject({ status: 204 });
  expect(await call("DELETE", `/faults/${added.body.id}`)).toMatchObject({ status: 404 });
  await call("POST", "/faults", fault);
  expect(await call("DELETE", "/faults")).toMatchObject({ status: 204 });
  expect((await call("GET", "/faults")).body).toEqual([]);
});

it("counts requests and counts them anew", async () => {
  await client().createUser();
  const expected = [{ service: "communication", route: "POST /identities", count: 1 }];
  expect((await call("GET", "/requests")).body).toEqual(expected);
  expect(await call("DELETE", "/requests")).toMatchObject({ status: 204 });
  expect((await call("GET", "/requests")).body).toEqual([]);
});

describe("tokens", () => {
  it("are minted for fixture users", async () => {
    const { status, body } = await call("POST", "/tokens", { user: "user-one", lifetimeInSeconds: 60, version: "1.0" });
    expect(status).toBe(200);
    const { oid, exp, iat, ver } = decodeJwt(body.token);
    expect(oid).toBe(emulator().fixtures.users["user-one"].objectId);
    expect(Number(exp) - Number(iat)).toBeLessThan(600);
    expect(ver).toBe("1.0");
  });

  it("are introspected", async () => {
    const { user, token } = await client().createUserAndToken(["chat"]);
    expect((await call("POST", "/tokens/introspect", { token })).body).toMatchObject({
      active: true,
      rawId: user.communicationUserId,
    });
    await client().revokeTokens(user);
    expect((await call("POST", "/tokens/introspect", { token })).body).toEqual({ active: false, reason: "revoked" });
  });
});

it("rotates the keys of Entra ID", async () => {
  const keyIds = async () => {
    const answer = await fetch(`${emulator().entra.url}/common/discovery/v2.0/keys`);
    const { keys } = (await answer.json()) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  const before = await keyIds();
  expect(await call("POST", "/keys/rotate")).toMatchObject({ status: 204 });
  const after = await keyIds();
  expect(after).toHaveLength(before.length + 1);
  expect(await call("POST", "/keys/rotate", { removeOld: true })).toMatchObject({ status: 204 });
  expect(await keyIds()).toHaveLength(1);
});

describe("policies", () => {
  const consents = () => call("GET", "/state").then(({ body }) => body.entra.consents);

  it("of consent are revoked and granted", async () => {
    const consent = { user: "user-one", application: "client", resource: "api" };
    expect(await call("DELETE", "/consents", consent)).toMatchObject({ status: 204 });
    expect(await consents()).toEqual([{ ...consent, scopes: [] }]);
    expect(await call("POST", "/consents", consent)).toMatchObject({ status: 204 });
    expect(await consents()).toEqual([{ ...consent, scopes: ["access_as_user"] }]);
  });

  it("of multi-factor authentication are made", async () => {
    expect(await call("POST", "/mfa", { user: "user-one", resource: "graph" })).toMatchObject({ status: 204 });
    expect((await call("GET", "/state")).body.entra.multiFactor).toMatchObject([
      { user: "user-one", resource: "graph" },
    ]);
  });

  it("of multi-factor authentication are withdrawn, whoever made them", async () => {
    const requirement = { user: "user-one", resource: "graph" };
    await call("POST", "/mfa", requirement);
    emulator().entra.requireMfa(requirement);
    await call("POST", "/mfa", { user: "user-two", resource: "graph" });
    expect(await call("DELETE", "/mfa", requirement)).toMatchObject({ status: 204 });
    expect((await call("GET", "/state")).body.entra.multiFactor).toMatchObject([{ user: "user-two" }]);
    expect(await call("DELETE", "/mfa", requirement)).toMatchObject({ status: 404 });
  });

  it("of claims are withdrawn, whoever made them", async () => {
    await call("POST", "/graph/claims-challenges", { user: "user-one" });
    emulator().graph.requireClaims({ user: "user-one" });
    expect(await call("DELETE", "/graph/claims-challenges", { user: "user-one" })).toMatchObject({ status: 204 });
    expect(emulator().state().graph.claimsChallenges).toEqual([]);
    expect(await call("DELETE", "/graph/claims-challenges", { user: "user-one" })).toMatchObject({ status: 404 });
  });

  it("of sessions are revoked", async () => {
    expect(await call("POST", "/sessions/revoke", { user: "user-one" })).toMatchObject({ status: 204 });
  });
});

it.each([
  ["POST", "/tokens", "{", /must be a JSON object/],
  ["POST", "/tokens", "[]", /must be a JSON object/],
  ["POST", "/tokens", {}, /needs a user/],
  ["POST", "/tokens", { user: "nobody" }, /no fixture user "nobody"/],
  ["POST", "/tokens", { user: 1 }, /"user" must be a text/],
  ["POST", "/tokens", { user: "user-one", scopes: "all" }, /"scopes" must be a list of texts/],
  ["POST", "/tokens", { user: "user-one", version: "3.0" }, /"version" must be 1.0 or 2.0/],
  ["POST", "/tokens", { user: "user-one", claim: {} }, /There is no member "claim"/],
  ["POST", "/tokens/introspect", {}, /needs "token"/],
  ["POST", "/faults", { status: 20 }, /"status" must be/],
  ["POST", "/keys/rotate", { publishOnly: "yes" }, /"publishOnly" must be true or false/],
  ["POST", "/mfa", { user: "user-one" }, /needs "resource"/],
  ["POST", "/mfa", { user: "user-one", resource: "graph", number: 1 }, /"number" must be 50076 or 50079/],
  ["POST", "/sessions/revoke", { user: "nobody" }, /no fixture user "nobody"/],
])("%s %s refuses %j", async (method, path, body, message) => {
  const answer = await call(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatch(message);
});

it.each([
  ["GET", "/nothing"],
  ["PUT", "/state"],
])("has no %s %s", async (method, path) => {
  expect(await call(method, path)).toMatchObject({ status: 404, body: { error: expect.any(String) } });
});

describe("a web page", () => {
  it("of another origin is refused", async () => {
    await client().createUser();
    expect(await call("POST", "/reset", "", { Origin: "https://example.com" })).toMatchObject({ status: 403 });
    expect(emulator().state().communication.identities).toHaveLength(1);
  });

  it("whose name was made to resolve to this machine is refused", async () => {
    const { port } = new URL(emulator().admin.url);
    const outgoing = get({
      host: "localhost",
      servername: "localhost",
      port,
      path: "/state",
      headers: { Host: `attacker.example:${port}` },
    });
    const [answer] = await once(outgoing, "response");
    answer.resume();
    expect(answer.statusCode).toBe(403);
  });

  it("of its own origin is not", async () => {
    expect(await call("POST", "/reset", "", { Origin: emulator().admin.url })).toMatchObject({ status: 204 });
  });
});
