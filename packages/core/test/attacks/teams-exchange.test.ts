import type { MintTokenRequest } from "@acs-auth/emulator";
import { describe, expect, it } from "vitest";
import { createIdentityClient, TeamsTokenVerifier, type UserKey } from "../../src/index.js";
import { expectCode, useEmulator } from "../support/harness.js";

const { emulator, newService, acsRequests } = useEmulator();

const EXCHANGE = "POST /teamsUser/:exchangeAccessToken";

function userKey(name: "user-one" | "user-two" | "guest" | "foreign"): UserKey {
  const { tenants, users } = emulator().fixtures;
  const { objectId, tenant } = users[name];
  return { tenantId: tenants[tenant]?.id ?? "", objectId };
}

/** A service, and what it gives ACS to exchange. */
function newTeamsService() {
  const { clientId } = emulator().fixtures.applications.client;
  const identityClient = createIdentityClient(emulator().communication.connectionString);
  const given: { userObjectId: string; clientId: string }[] = [];
  const exchange = identityClient.getTokenForTeamsUser.bind(identityClient);
  identityClient.getTokenForTeamsUser = (options) => {
    given.push({ userObjectId: options.userObjectId, clientId: options.clientId });
    return exchange(options);
  };
  const teamsTokenVerifier = new TeamsTokenVerifier({ clientId, authorityHost: emulator().entra.url });
  return { given, clientId, ...newService({ identityClient, teamsTokenVerifier }) };
}

const mint = (request: MintTokenRequest) => emulator().mintToken({ user: "user-one", audience: "teams", ...request });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function spliced(part: 0 | 1 | 2, value: string): Promise<string> {
  return (await mint({})).split(".").with(part, value).join(".");
}

describe("a stolen or forged Teams token never reaches ACS:", () => {
  const STRANGER = "c0000000-0000-4000-8000-00000000ffff";

  it.each<readonly [string, string, () => Promise<string>]>([
    ["another user's", "user_mismatch", () => mint({ user: "user-two" })],
    ["a guest's", "user_mismatch", () => mint({ user: "guest" })],
    ["a user's of another tenant", "tenant_mismatch", () => mint({ user: "foreign" })],
    [
      "the same object id in another tenant",
      "tenant_mismatch",
      () => mint({ user: "foreign", claims: { oid: userKey("user-one").objectId } }),
    ],
    ["another application's", "client_mismatch", () => mint({ claims: { appid: STRANGER } })],
    [
      "another application's, in version 2.0",
      "client_mismatch",
      () => mint({ version: "2.0", claims: { azp: STRANGER } }),
    ],
    ["for this server", "audience_mismatch", () => mint({ audience: "api" })],
    ["for Microsoft Graph", "audience_mismatch", () => mint({ audience: "graph" })],
    ["without a Teams scope", "missing_scope", () => mint({ scopes: ["User.Read"] })],
    [
      "an application's own, with Teams roles",
      "missing_scope",
      () => mint({ claims: { scp: undefined, roles: ["Teams.ManageCalls"] } }),
    ],
    ["expired", "expired", () => mint({ lifetimeInSeconds: -600 })],
    ["not yet valid", "not_yet_valid", () => mint({ notBefore: Math.floor(Date.now() / 1000) + 600 })],
    ["signed with an unpublished key", "unknown_key", () => mint({ signWith: "unpublished" })],
    ["unsigned", "algorithm_not_allowed", () => spliced(0, encode({ alg: "none", kid: "k" }))],
    ["with another signature", "invalid_signature", () => spliced(2, "AAAA")],
    ["padded", "malformed", async () => `${await mint({})}==`],
  ])("%s", async (_name, reason, steal) => {
    const { service } = newTeamsService();
    const teamsUserAadToken = await steal();
    const refusal = await expectCode(
      service.exchangeTeamsToken(userKey("user-one"), { teamsUserAadToken }),
      "invalid_teams_token",
    );
    expect(refusal.reason).toBe(reason);
    expect(emulator().requests.count({ service: "communication", route: EXCHANGE })).toBe(0);
    expect(acsRequests()).toBe(0);
  });

  it("the right one, while its signature cannot be checked", async () => {
    const { service } = newTeamsService();
    emulator().faults.add({ service: "entra", status: 503 });
    const teamsUserAadToken = await mint({});
    await expectCode(service.exchangeTeamsToken(userKey("user-one"), { teamsUserAadToken }), "key_server_unavailable");
    expect(acsRequests()).toBe(0);
  });

  it("any, from a user of another provider whose subject is an Entra user's object id", async () => {
    const { service } = newTeamsService();
    const impostor = { tenantId: "https://issuer.example", objectId: userKey("user-one").objectId };
    for (const teamsUserAadToken of [await mint({}), "opaque-token"]) {
      await expectCode(service.exchangeTeamsToken(impostor, { teamsUserAadToken }), "invalid_teams_token");
    }
    expect(acsRequests()).toBe(0);
  });
});

describe("a token that cannot be read", () => {
  it.each(["opaque-token", "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVydGV4dA.dGFn", "a.readable.token.with-a-fourth-part"])(
    "goes to ACS with the caller's own ids, and ACS's check decides: %s",
    async (teamsUserAadToken) => {
      const { service, given, clientId } = newTeamsService();
      const caller = { ...userKey("user-one"), clientId: "from-the-request", accessToken: "from-the-request" };
      const refusal = await expectCode(
        service.exchangeTeamsToken(caller, { teamsUserAadToken }),
        "invalid_teams_token",
      );
      expect(refusal.reason).toBe("rejected_by_acs");
      expect(given).toEqual([{ userObjectId: caller.objectId, clientId }]);
      expect(acsRequests(EXCHANGE)).toBe(1);
    },
  );

  it("even a valid one wrapped so that it cannot be read here gains nothing", async () => {
    const { service } = newTeamsService();
    const teamsUserAadToken = `${await mint({ user: "user-two" })}.AAAA.AAAA`;
    const exchange = service.exchangeTeamsToken(userKey("user-one"), { teamsUserAadToken });
    expect((await expectCode(exchange, "invalid_teams_token")).reason).toBe("rejected_by_acs");
  });
});

it("two users who exchange at once get a token each, and no token is kept for a second call", async () => {
  const { service, given } = newTeamsService();
  const names = ["user-one", "user-two"] as const;
  const exchange = async (name: (typeof names)[number]) => {
    const teamsUserAadToken = await mint({ user: name });
    return service.exchangeTeamsToken(userKey(name), { teamsUserAadToken });
  };
  const tokens = await Promise.all([...names, ...names].map(exchange));
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(4);
  const counts = names.map(
    (name) => given.filter(({ userObjectId }) => userObjectId === userKey(name).objectId).length,
  );
  expect(counts).toEqual([2, 2]);
  expect(acsRequests(EXCHANGE)).toBe(4);
});
