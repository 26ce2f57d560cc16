import type { AcsAuthHandlerOptions } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { identitiesOf, startBackend, useEmulator } from "./support/backend.js";
import { adapters } from "./support/serve.js";

const emulator = useEmulator();
const start = (options?: Partial<AcsAuthHandlerOptions>, adapt = adapters["node:http"]) =>
  startBackend(emulator(), options, adapt);
const identities = () => identitiesOf(emulator());

const teamsTokenOf = (user: string, application = "api") =>
  emulator().mintToken({ user, application, audience: "teams" });

describe.each(Object.entries(adapters))("%s: a client of Microsoft's sample", (_name, adapt) => {
  it("creates, finds and deletes the identity", async () => {
    const { ask } = await start({}, adapt);
    expect((await ask("GET", "/api/user")).status).toBe(404);
    const created = await ask("POST", "/api/user");
    expect(created.status).toBe(201);
    const [identity] = identities();
    expect(created.json()).toEqual({ acsUserIdentity: identity?.id });
    for (const method of ["POST", "GET"]) {
      const found = await ask(method, "/api/user");
      expect(found.status).toBe(200);
      expect(found.json()).toEqual(created.json());
    }
    expect((await ask("DELETE", "/api/user")).status).toBe(204);
    expect(identities()).toEqual([]);
    expect((await ask("GET", "/api/user")).status).toBe(404);
    expect((await ask("DELETE", "/api/user")).status).toBe(204);
  });

  it("gets a token that ACS accepts, once there is an identity", async () => {
    const { ask } = await start({}, adapt);
    const missing = await ask("GET", "/api/token");
    expect(missing.problem()).toMatchObject({ status: 404, code: "identity_not_found" });
    await ask("POST", "/api/user");
    const answer = await ask("GET", "/api/token");
    expect(answer.status).toBe(201);
    const { token, expiresOn, user } = answer.json() as { token: string; expiresOn: string; user: object };
    const id = identities()[0]?.id;
    expect(user).toEqual({ communicationUserId: id, id, rawId: id });
    expect(expiresOn).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true });

    expect((await ask("POST", "/api/token/revoke")).status).toBe(204);
    expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: false });
  });

  it("exchanges a Teams token by header and by body", async () => {
    const { ask } = await start({}, adapt);
    const teamsToken = await teamsTokenOf("user-one");
    const answers = [
      await ask("GET", "/api/token/teams", { headers: { "teams-user-aad-token": teamsToken } }),
      await ask("POST", "/api/token/teams", { body: { accessToken: teamsToken } }),
      await ask("POST", "/exchange", { body: { accessToken: teamsToken } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200]);
    for (const answer of answers) {
      expect(answer.json()).toEqual({ token: expect.any(String), expiresOn: expect.stringMatching(/\.000Z$/) });
    }
  });
});

describe("POST /api/token", () => {
  it("creates the identity in one request to ACS when so configured", async () => {
    const { ask } = await start({ createOnToken: true, tokenScopes: ["chat", "voip"] });
    const answer = await ask("POST", "/api/token", { body: { scopes: ["chat"] } });
    expect(answer.status).toBe(201);
    expect(
      emulator()
        .requests.list()
        .filter(({ service }) => service === "communication"),
    ).toEqual([{ service: "communication", route: "POST /identities", count: 1 }]);
  });

  it("does not create it otherwise", async () => {
    const { ask } = await start();
    expect((await ask("POST", "/api/token")).status).toBe(404);
    expect(identities()).toEqual([]);
  });
});

describe("an access token", () => {
  const unauthorized: [name: string, mint: () => Promise<string> | string, reason: string][] = [
    ["garbage", () => "garbage", "malformed"],
    ["expired", () => emulator().mintToken({ user: "user-one", lifetimeInSeconds: -600 }), "expired"],
    ["for another audience", () => emulator().mintToken({ user: "user-one", audience: "graph" }), "audience_mismatch"],
    [
      "of another issuer",
      () => emulator().mintToken({ user: "user-one", claims: { iss: "https://issuer.example/v2.0" } }),
      "issuer_mismatch",
    ],
    ["of another tenant", () => emulator().mintToken({ user: "foreign" }), "tenant_not_allowed"],
    [
      "signed with an unknown key",
      () => emulator().mintToken({ user: "user-one", signWith: "unpublished" }),
      "unknown_key",
    ],
  ];

  it.each(unauthorized)("that is %s is answered 401", async (_name, mint, reason) => {
    const { send } = await start();
    const headers = { authorization: `Bearer ${await mint()}` };
    const answer = await send("GET", "/api/user", { headers });
    expect(answer.problem()).toMatchObject({ status: 401, code: "invalid_token", reason });
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer error="invalid_token"/);
  });

  const routes: [method: string, path: string][] = [
    ["GET", "/api/user"],
    ["POST", "/api/user"],
    ["DELETE", "/api/user"],
    ["GET", "/api/token"],
    ["POST", "/api/token"],
    ["GET", "/api/token/teams"],
    ["POST", "/api/token/teams"],
    ["POST", "/api/token/revoke"],
    ["POST", "/exchange"],
  ];

  it.each(routes)("is needed for %s %s, with its scope and of a user", async (method, path) => {
    const { send } = await start();
    expect((await send(method, path, { anonymous: true })).status).toBe(401);
    for (const token of [
      await emulator().mintToken({ user: "user-one", claims: { scp: undefined } }),
      await emulator().mintToken({ user: "user-one", scopes: ["other"] }),
      await emulator().mintToken({ application: "daemon" }),
    ]) {
      const answer = await send(method, path, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.problem()).toMatchObject({ status: 403, code: "insufficient_scope" });
      expect(answer.headers["www-authenticate"]).toBe('Bearer error="insufficient_scope", scope="access_as_user"');
    }
    expect(emulator().requests.count({ service: "communication" })).toBe(0);
  });

  it("of version 1.0 and with a lower-case scheme is accepted", async () => {
    const { send } = await start();
    const token = await emulator().mintToken({ user: "user-one", version: "1.0" });
    expect((await send("POST", "/api/user", { headers: { authorization: `bearer ${token}` } })).status).toBe(201);
  });

  it("without the scope is enough for /exchange where exchangeScopes is empty", async () => {
    const { send } = await start({ exchangeScopes: [] });
    const authorization = `Bearer ${await emulator().mintToken({ user: "user-one", scopes: ["other"] })}`;
    const body = { accessToken: await teamsTokenOf("user-one") };
    expect((await send("POST", "/exchange", { headers: { authorization }, body })).status).toBe(200);
    expect((await send("POST", "/api/token/teams", { headers: { authorization }, body })).status).toBe(403);
  });
});

describe("a Teams token", () => {
  it.each([
    ["of another user", () => teamsTokenOf("user-two"), "user_mismatch"],
    ["of another application", () => teamsTokenOf("user-one", "client"), "client_mismatch"],
    ["that is the caller's own access token", () => emulator().mintToken({ user: "user-one" }), "audience_mismatch"],
    ["that only ACS could read", () => "a.b.c.d.e", "rejected_by_acs"],
  ])("%s is answered 400", async (_name, mint, reason) => {
    const { ask } = await start();
    const answer = await ask("POST", "/exchange", { body: { accessToken: await mint() } });
    expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_teams_token", reason });
  });
});

describe("parallel requests", () => {
  it("of one user create one identity", async () => {
    const { ask } = await start();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask("POST", "/api/user")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(identities()).toHaveLength(1);
  });
});
