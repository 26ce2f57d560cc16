import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { type EntraServer, startEntra } from "./support/entra-server.js";
import { answer, authorizeUrl, postToken, redeem, signIn } from "./support/sign-in.js";

const { tenants, users, applications } = defaultFixtures;
const { api } = applications;
const graph = "https://graph.microsoft.com";

let server: EntraServer;
beforeEach(async () => {
  server = await startEntra();
});
afterEach(() => server.close());

const ON_BEHALF_OF = {
  grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  client_id: api.clientId,
  client_secret: api.clientSecret,
  requested_token_use: "on_behalf_of",
};

const exchange = (assertion: string, changes: Record<string, string | undefined> = {}, tenant?: string) =>
  postToken(
    server.url,
    { ...ON_BEHALF_OF, assertion, scope: `${graph}/.default`, ...changes },
    tenant === undefined ? {} : { tenant },
  );

describe("On-Behalf-Of", () => {
  test("gives a v1.0 Graph token of the same user, and echoes .default", async () => {
    const { status, body } = await exchange(await server.entra.mintToken({ user: "user-one" }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 4500, ext_expires_in: 4500 });
    expect(body["scope"]).toBe(`${graph}/.default ${graph}/User.Read ${graph}/User.ReadWrite`);
    for (const absent of ["refresh_token", "id_token", "client_info"]) expect(body).not.toHaveProperty(absent);
    expect(decodeJwt(String(body["access_token"]))).toMatchObject({
      ver: "1.0",
      aud: graph,
      iss: `${server.url}/${tenants.home.id}/`,
      appid: api.clientId,
      appidacr: "1",
      oid: users["user-one"].objectId,
      scp: "User.Read User.ReadWrite",
    });
  });

  test("grants exactly the scopes asked for, in any case, with refresh token, id token and client_info on request", async () => {
    const scope = `${graph}/user.read openid offline_access`;
    const { body } = await exchange(await server.entra.mintToken({ user: "guest" }), { scope, client_info: "1" });
    expect(body["scope"]).toBe(`openid ${graph}/user.read`);
    expect(decodeJwt(String(body["access_token"]))["scp"]).toBe("User.Read");
    expect(body["refresh_token"]).toBeTypeOf("string");
    expect(decodeJwt(String(body["id_token"]))).toMatchObject({ aud: api.clientId, oid: users.guest.objectId });
    expect(JSON.parse(Buffer.from(String(body["client_info"]), "base64url").toString())).toEqual({
      uid: users.guest.homeAccount?.objectId,
      utid: tenants.other.id,
    });
  });

  test("takes v1.0 assertions, and the organizations endpoint finds the tenant", async () => {
    const v1 = await server.entra.mintToken({ user: "user-one", version: "1.0" });
    expect((await exchange(v1)).status).toBe(200);
    const foreign = await server.entra.mintToken({ user: "foreign" });
    const { body } = await exchange(foreign, {}, "organizations");
    expect(decodeJwt(String(body["access_token"]))).toMatchObject({ tid: tenants.other.id });
  });

  test.each<[string, Parameters<EntraServer["entra"]["mintToken"]>[0], number]>([
    ["is expired", { user: "user-one", lifetimeInSeconds: -1 }, 500133],
    ["is not valid yet", { user: "user-one", notBefore: 4_000_000_000 }, 500133],
    ["is for another API", { user: "user-one", audience: "teams" }, 500131],
    ["was signed by an unknown key", { user: "user-one", signWith: "unpublished" }, 50013],
    ["has another issuer", { user: "user-one", claims: { iss: "https://issuer.example" } }, 50013],
    ["is of another tenant", { user: "foreign" }, 50013],
    ["is of nobody", { user: "user-one", claims: { oid: crypto.randomUUID() } }, 50013],
    ["is app-only", { application: "daemon" }, 7000114],
  ])("refuses an assertion that %s", async (_, request, number) => {
    const assertion = await server.entra.mintToken(request);
    const { status, body } = await exchange(assertion);
    expect([status, body["error"], body["error_codes"]]).toEqual([400, "invalid_grant", [number]]);
    expect(JSON.stringify(body)).not.toContain(assertion);
  });

  test("refuses a tampered assertion, an id token and no JWT at all", async () => {
    const [header, , signature] = (await server.entra.mintToken({ user: "user-one" })).split(".");
    const [, payload] = (await server.entra.mintToken({ user: "user-two" })).split(".");
    expect((await exchange(`${header}.${payload}.${signature}`)).body).toMatchObject({ error_codes: [50013] });
    const tokens = await redeem(server.url, await signIn(server.url));
    expect((await exchange(String(tokens.body["id_token"]))).body).toMatchObject({ error_codes: [240002] });
    expect((await exchange("nonsense")).body).toMatchObject({ error_codes: [50013] });
  });

  test.each<[string, Record<string, string | undefined>, string | undefined, number, string, number]>([
    ["a wrong secret", { client_secret: "wrong" }, undefined, 401, "invalid_client", 7000215],
    ["no secret", { client_secret: undefined }, undefined, 401, "invalid_client", 7000218],
    ["no assertion", { assertion: undefined }, undefined, 400, "invalid_request", 900144],
    ["no scope", { scope: undefined }, undefined, 400, "invalid_request", 900144],
    ["no requested_token_use", { requested_token_use: undefined }, undefined, 400, "invalid_request", 900144],
    ["a nonsense scope", { scope: "nonsense" }, undefined, 400, "invalid_scope", 70011],
    ["the common endpoint", {}, "common", 400, "invalid_request", 9001023],
    ["the consumers endpoint", {}, "consumers", 400, "invalid_request", 9001023],
  ])("refuses %s", async (_, changes, tenant, status, error, number) => {
    const refused = await exchange(await server.entra.mintToken({ user: "user-one" }), changes, tenant);
    expect([refused.status, refused.body["error"], refused.body["error_codes"]]).toEqual([status, error, [number]]);
  });
});

describe("consent", () => {
  test("missing is AADSTS65001 for that user, application and API only, until it is granted", async () => {
    const consent = { user: "user-one", application: "api", resource: "graph" };
    server.entra.revokeConsent(consent);
    const assertion = await server.entra.mintToken({ user: "user-one" });
    const { status, body } = await exchange(assertion);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "invalid_grant", suberror: "consent_required", error_codes: [65001] });
    expect(body).not.toHaveProperty("claims");
    expect((await exchange(await server.entra.mintToken({ user: "user-two" }))).status).toBe(200);
    expect((await exchange(assertion, { scope: "https://auth.msft.communication.azure.com/.default" })).status).toBe(
      200,
    );
    server.entra.grantConsent({ ...consent, scopes: ["User.Read"] });
    expect((await exchange(assertion)).body["scope"]).toBe(`${graph}/.default ${graph}/User.Read`);
    expect((await exchange(assertion, { scope: `${graph}/User.ReadWrite` })).body).toMatchObject({
      error_codes: [65001],
    });
    expect(server.entra.state()).toMatchObject({ consents: [{ ...consent, scopes: ["User.Read"] }] });
  });

  test.each([graph, defaultFixtures.resources.graph.clientId])(
    "counts for an API that fixtures name %s",
    async (resource) => {
      const api = { ...applications.api, permissions: [{ resource, scopes: ["User.Read"] }] };
      const other = await startEntra({ fixtures: { ...defaultFixtures, applications: { ...applications, api } } });
      const assertion = await other.entra.mintToken({ user: "user-one" });
      const scope = `${graph}/.default`;
      const { body } = await postToken(other.url, { ...ON_BEHALF_OF, assertion, scope });
      expect(body["scope"]).toBe(`${scope} ${graph}/User.Read`);
      await other.close();
    },
  );
});

describe("multi-factor authentication", () => {
  test.each([
    [{}, "interaction_required", 50076],
    [{ number: 50079, error: "invalid_grant" } as const, "invalid_grant", 50079],
  ])("required %o is refused with claims, until the sign-in answers them", async (report, error, number) => {
    server.entra.requireMfa({ user: "user-one", resource: "graph", ...report });
    const before = await redeem(server.url, await signIn(server.url));
    const refused = await exchange(String(before.body["access_token"]));
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ error, error_codes: [number], suberror: "basic_action" });
    const claims = String(refused.body["claims"]);
    expect(JSON.parse(claims)).toMatchObject({ access_token: { polids: { essential: true } } });

    const refreshed = await postToken(server.url, {
      grant_type: "refresh_token",
      client_id: applications.client.clientId,
      refresh_token: String(before.body["refresh_token"]),
      claims,
    });
    expect(refreshed.body).toMatchObject({ error: "interaction_required", claims });

    const answers = { user: "user-one", second_factor: "approve" };
    const { redirect } = await answer(authorizeUrl(server.url, { claims }), answers);
    const after = await redeem(server.url, redirect?.searchParams.get("code") ?? "", { claims });
    expect((await exchange(String(after.body["access_token"]))).status).toBe(200);
  });

  test.each([
    ["acrs", { claims: { acrs: ["p1"] } }],
    ["amr", { version: "1.0" as const, claims: { amr: ["pwd", "mfa"] } }],
  ])("is satisfied by a minted token with %s", async (_, minted) => {
    const requirement = server.entra.requireMfa({ user: "user-one", resource: "graph" });
    const plain = await server.entra.mintToken({ user: "user-one" });
    expect((await exchange(plain)).status).toBe(400);
    expect((await exchange(await server.entra.mintToken({ user: "user-one", ...minted }))).status).toBe(200);
    expect((await exchange(await server.entra.mintToken({ user: "user-two" }))).status).toBe(200);
    requirement.remove();
    expect((await exchange(plain)).status).toBe(200);
  });
});
