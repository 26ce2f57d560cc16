import { createIdentityClient } from "@acs-auth/core";
import { type AcsAuthHandlerOptions, openApiDocument } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { startBackend, useEmulator } from "../support/backend.js";
import type { AskOptions } from "../support/serve.js";
import {
  codesOfStores,
  failuresOfAcs,
  malformed,
  ofIdentities,
  ofTeams,
  operations,
  withBody,
  withJsonBody,
} from "./support/cases.js";
import { described } from "./support/described.js";
import { everythingDescribed } from "./support/lookup.js";
import {
  mappingOfOtherResource,
  serviceWhoseStoreThrows,
  serviceWithoutTeams,
  serviceWithStore,
} from "./support/services.js";

const emulator = useEmulator();
const seen = new Set<string>();

async function start(options: Partial<AcsAuthHandlerOptions> = {}) {
  const { ask, send, store } = await startBackend(emulator(), options);
  const document = openApiDocument(options);
  return { store, ask: described(ask, document, seen), send: described(send, document, seen) };
}

const newTeamsToken = (user = "user-one") => emulator().mintToken({ user, application: "api", audience: "teams" });

/** The request with a Teams token that can be exchanged, where it has one. */
async function withTeamsToken({ headers, body }: AskOptions): Promise<AskOptions> {
  const teamsToken = await newTeamsToken();
  return {
    ...(headers && { headers: { "teams-user-aad-token": teamsToken } }),
    ...(body === undefined ? {} : { body: { accessToken: teamsToken } }),
  };
}

describe("the answers of a user's journey are described", () => {
  it("from no identity to none", async () => {
    const { ask } = await start({ tokenScopes: ["chat", "voip"], tokenExpiresInMinutes: 120 });
    const teamsToken = await newTeamsToken();
    const journey: [method: string, path: string, status: number, request?: AskOptions][] = [
      ["GET", "/api/user", 404],
      ["HEAD", "/api/user", 404],
      ["GET", "/api/token", 404],
      ["POST", "/api/token", 404],
      ["POST", "/api/token/revoke", 404],
      ["POST", "/api/user", 201],
      ["POST", "/api/user/", 200],
      ["GET", "/api/user?a=b", 200],
      ["HEAD", "/api/user", 200],
      ["GET", "/api/token", 201],
      ["POST", "/api/token", 201],
      ["POST", "/api/token", 201, { body: { scopes: ["chat"], expiresInMinutes: 120 } }],
      ["POST", "/api/token", 403, { body: { scopes: ["chat.join"] } }],
      ["POST", "/api/token", 403, { body: { expiresInMinutes: 121 } }],
      ["GET", "/api/token/teams", 201, { headers: { "teams-user-aad-token": teamsToken } }],
      ["POST", "/api/token/teams", 201, { body: { accessToken: teamsToken } }],
      ["POST", "/exchange", 200, { body: { accessToken: teamsToken } }],
      ["POST", "/api/token/revoke", 204],
      ["DELETE", "/api/user", 204],
      ["DELETE", "/api/user", 204],
    ];
    for (const [method, path, status, request] of journey) {
      expect([method, path, (await ask(method, path, request)).status]).toEqual([method, path, status]);
    }
  });

  it("where a token creates the identity", async () => {
    const { ask } = await start({ createOnToken: true });
    expect((await ask("POST", "/api/token")).status).toBe(201);
  });

  it("where the hook lets a client choose", async () => {
    const { ask } = await start({ authorize: () => ({ scopes: ["voip"], tokenExpiresInMinutes: 60 }) });
    await ask("POST", "/api/user");
    const body = { scopes: ["voip"], expiresInMinutes: 60 };
    expect((await ask("POST", "/api/token", { body })).status).toBe(201);
  });

  it("below a base path", async () => {
    const { ask } = await start({ basePath: "/v1" });
    expect((await ask("GET", "/v1/api/user")).status).toBe(404);
    expect((await ask("GET", "/api/user")).problem().code).toBe("not_found");
  });
});

describe("the answers to access tokens are described", () => {
  const refused: [name: string, status: number, authorization: () => Promise<string> | string][] = [
    ["garbage", 401, () => "Bearer garbage"],
    ["another scheme", 401, () => "Basic dXNlcjpwYXNzd29yZA=="],
    ["an expired one", 401, async () => `Bearer ${await mint({ lifetimeInSeconds: -600 })}`],
    ["one for another audience", 401, async () => `Bearer ${await mint({ audience: "graph" })}`],
    ["one of another issuer", 401, async () => `Bearer ${await mint({ claims: { iss: "https://issuer.example" } })}`],
    ["one of another tenant", 401, async () => `Bearer ${await emulator().mintToken({ user: "foreign" })}`],
    ["one without a scope", 403, async () => `Bearer ${await mint({ claims: { scp: undefined } })}`],
    ["one with another scope", 403, async () => `Bearer ${await mint({ scopes: ["other"] })}`],
    ["one of an application", 403, async () => `Bearer ${await emulator().mintToken({ application: "daemon" })}`],
  ];
  const mint = (options: object) => emulator().mintToken({ user: "user-one", ...options });

  it.each(refused)("%s is answered %i", async (_name, status, authorization) => {
    const { send } = await start();
    const headers = { authorization: await authorization() };
    expect((await send("GET", "/api/user", { headers })).status).toBe(status);
  });

  it("the scheme in lower case", async () => {
    const { send } = await start();
    const headers = { authorization: `bearer ${await mint({})}` };
    expect((await send("POST", "/api/user", { headers })).status).toBe(201);
  });

  it.each([
    [["cp1"], 401],
    [[], 403],
  ])("a claims challenge for a client with the capabilities %j is answered %i", async (capabilities, status) => {
    const { send } = await start({
      service: serviceWhoseStoreThrows(emulator(), "claims_challenge", { claims: "{}" }),
    });
    const headers = { authorization: `Bearer ${await mint({ claims: { xms_cc: capabilities } })}` };
    expect((await send("GET", "/api/user", { headers })).status).toBe(status);
  });
});

describe.each(operations)("%s %s, the description has", (method, path, request) => {
  it("400 for a malformed request", async () => {
    const { ask } = await start();
    const headers = { ...request.headers, host: "api.contoso.com/nowhere" };
    expect((await ask(method, path, { ...request, headers })).status).toBe(400);
  });

  it("401 without an access token", async () => {
    const { send } = await start();
    expect((await send(method, path, { ...request, anonymous: true })).status).toBe(401);
  });

  it("403 where the hook refuses", async () => {
    const { ask } = await start({ authorize: () => false });
    expect((await ask(method, path, request)).status).toBe(403);
  });

  it("429 for a user who asks too often", async () => {
    const { ask } = await start({ rateLimit: { points: 1, durationInSeconds: 60 } });
    await ask("GET", "/api/user");
    expect((await ask(method, path, request)).status).toBe(429);
  });

  it("500 for a defect", async () => {
    const { ask } = await start({ authorize: () => Promise.reject(new Error("defect")) });
    expect((await ask(method, path, request)).status).toBe(500);
  });

  it("502 where the services behind refuse", async () => {
    const { ask } = await start({ service: serviceWhoseStoreThrows(emulator(), "store_denied") });
    emulator().faults.add({ service: "communication", status: 401, code: "Denied" });
    expect((await ask(method, path, await withTeamsToken(request))).status).toBe(502);
  });

  it("503 where the services behind fail", async () => {
    const { ask } = await start({ service: serviceWhoseStoreThrows(emulator(), "store_unavailable") });
    emulator().faults.add({ service: "communication", status: 500 });
    expect((await ask(method, path, await withTeamsToken(request))).status).toBe(503);
  });

  it("504 where the services behind never answer", async () => {
    const never = () => new Promise<never>(() => {});
    const { ask } = await start({ service: serviceWithStore(emulator(), never, { timeoutInMs: 300 }) });
    emulator().faults.add({ service: "communication", connection: "hang" });
    expect((await ask(method, path, await withTeamsToken(request))).status).toBe(504);
  });

  it("503 where the keys are not to be had", async () => {
    const { ask } = await start();
    emulator().faults.add({ service: "entra", status: 500 });
    expect((await ask(method, path, request)).status).toBe(503);
  });
});

describe("the answers to bodies are described", () => {
  it.each(withBody)("413 for a large one: %s %s", async (method, path) => {
    const { ask } = await start({ maxBodyBytes: 100 });
    expect((await ask(method, path, { body: { accessToken: "a".repeat(100) } })).status).toBe(413);
  });

  it.each(withJsonBody)("415 for one that is no JSON: %s %s", async (method, path) => {
    const { ask } = await start();
    const headers = { "content-type": "text/plain" };
    expect((await ask(method, path, { body: "text", headers })).status).toBe(415);
  });
});

describe("the answers to failures are described", () => {
  it.each(failuresOfAcs)("of an ACS that %s", async (_name, fault, status) => {
    const { ask } = await start();
    await ask("POST", "/api/user");
    emulator().faults.add({ service: "communication", ...fault });
    expect((await ask("GET", "/api/token")).status).toBe(status);
  });

  it.each(ofIdentities)("of an identity that was deleted elsewhere: %s %s", async (method, path) => {
    const { ask } = await start();
    const { acsUserIdentity: communicationUserId } = JSON.parse((await ask("POST", "/api/user")).text);
    await createIdentityClient(emulator().communication.connectionString).deleteUser({ communicationUserId });
    expect((await ask(method, path)).problem()).toMatchObject({ status: 409, code: "identity_deleted" });
  });

  it("of a deletion that another ACS resource would have to carry out", async () => {
    const { ask, store } = await start();
    await store.insertIfAbsent(mappingOfOtherResource(emulator()));
    const answer = await ask("DELETE", "/api/user");
    expect(answer.problem()).toMatchObject({ status: 409, code: "identity_of_other_resource" });
  });

  it("of an identity of which nothing can be found out", async () => {
    const { ask, store } = await start();
    await store.insertIfAbsent(mappingOfOtherResource(emulator()));
    emulator().faults.add({ service: "communication", method: "POST", path: "/identities", status: 500 });
    expect((await ask("GET", "/api/token")).problem()).toMatchObject({ status: 409, code: "identity_not_owned" });
  });

  it("of a mapping that may have been written", async () => {
    let reads = 0;
    const get = async () => (reads++ === 0 ? undefined : Promise.reject(new Error("down")));
    const { ask } = await start({
      service: serviceWithStore(emulator(), () => Promise.reject(new Error("down")), { get }),
    });
    expect((await ask("POST", "/api/user")).problem()).toMatchObject({ code: "mapping_outcome_unknown" });
  });

  it.each(codesOfStores)("of a store: %s", async (code) => {
    const { ask } = await start({ service: serviceWhoseStoreThrows(emulator(), code) });
    expect((await ask("GET", "/api/user")).problem().code).toBe(code);
  });

  it("of another user's Teams token", async () => {
    const { ask } = await start();
    const body = { accessToken: await newTeamsToken("user-two") };
    expect((await ask("POST", "/exchange", { body })).problem().code).toBe("invalid_teams_token");
  });

  it.each(ofTeams)("of a server that does not exchange Teams tokens: %s %s", async (method, path, request) => {
    const { ask } = await start({ service: serviceWithoutTeams(emulator()) });
    expect((await ask(method, path, request)).problem().code).toBe("teams_exchange_not_configured");
  });

  it.each(malformed)("of malformed input: %s %s %j", async (method, path, request) => {
    const { ask } = await start({ tokenScopes: ["chat"], tokenExpiresInMinutes: 120 });
    expect((await ask(method, path, request)).problem()).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("of unknown paths and methods, and the pages of other origins", async () => {
    const { ask } = await start({ cors: { origins: ["https://app.contoso.com"] } });
    const headers = { origin: "https://app.contoso.com" };
    expect((await ask("GET", "/nope", { headers })).status).toBe(404);
    expect((await ask("PUT", "/api/user", { headers })).status).toBe(405);
    expect((await ask("GET", "/api/user", { headers })).status).toBe(404);
    const preflight = { ...headers, "access-control-request-method": "GET" };
    expect((await ask("OPTIONS", "/api/user", { headers: preflight })).status).toBe(204);
  });
});

describe("the description", () => {
  it("has nothing that was not answered", () => {
    const document = openApiDocument({ rateLimit: { points: 1, durationInSeconds: 1 } });
    expect(everythingDescribed(document).filter((answer) => !seen.has(answer))).toEqual([]);
  });

  it("has every method of every path", async () => {
    const { paths } = openApiDocument();
    const { send } = await start();
    for (const [path, { parameters: _, ...described }] of Object.entries(paths)) {
      const methods = Object.keys(described).map((method) => method.toUpperCase());
      expect((await send("PUT", path)).headers["allow"]?.split(", ")).toEqual([...methods, "OPTIONS"]);
    }
  });
});
