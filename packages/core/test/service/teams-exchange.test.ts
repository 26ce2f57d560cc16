import { describe, expect, it } from "vitest";
import { TeamsTokenVerifier, type UserKey } from "../../src/index.js";
import { expectCode, useEmulator } from "../support/harness.js";

const { emulator, newService, acsRequests } = useEmulator();

const EXCHANGE = "POST /teamsUser/:exchangeAccessToken";

function userOne(): UserKey {
  const { tenants, users } = emulator().fixtures;
  return { tenantId: tenants.home.id, objectId: users["user-one"].objectId };
}

function newTeamsService() {
  const { clientId } = emulator().fixtures.applications.client;
  const teamsTokenVerifier = new TeamsTokenVerifier({ clientId, authorityHost: emulator().entra.url });
  return newService({ teamsTokenVerifier });
}

describe("exchangeTeamsToken", () => {
  it("exchanges the caller's own token in one request", async () => {
    const { service } = newTeamsService();
    const teamsUserAadToken = await emulator().mintToken({ user: "user-one", audience: "teams" });
    const { token, expiresOn } = await service.exchangeTeamsToken(userOne(), { teamsUserAadToken });
    expect(token).not.toBe("");
    expect(expiresOn.getTime()).toBeGreaterThan(Date.now());
    expect(acsRequests()).toBe(1);
  });

  it.each([
    ["another user", { user: "user-two" }],
    ["another audience", { user: "user-one", audience: "api" }],
    ["an expired token", { user: "user-one", lifetimeInSeconds: -600 }],
    ["a token without a Teams scope", { user: "user-one", scopes: ["other"] }],
    ["a token of another application", { user: "user-one", claims: { appid: "c0000000-0000-4000-8000-00000000ffff" } }],
  ])("refuses %s without asking ACS", async (_, request) => {
    const { service } = newTeamsService();
    const teamsUserAadToken = await emulator().mintToken({ audience: "teams", ...request });
    await expectCode(service.exchangeTeamsToken(userOne(), { teamsUserAadToken }), "invalid_teams_token");
    expect(acsRequests()).toBe(0);
  });

  it("names the field's classic: the tenant id passed as the user", async () => {
    const { service } = newTeamsService();
    const teamsUserAadToken = await emulator().mintToken({ user: "user-one", audience: "teams" });
    const { tenantId } = userOne();
    const error = await expectCode(
      service.exchangeTeamsToken({ tenantId, objectId: tenantId }, { teamsUserAadToken }),
      "invalid_teams_token",
    );
    expect(error.reason).toBe("user_mismatch");
    expect(acsRequests()).toBe(0);
  });

  it("leaves the decision on an opaque token to ACS", async () => {
    const { service } = newTeamsService();
    const error = await expectCode(
      service.exchangeTeamsToken(userOne(), { teamsUserAadToken: "opaque-token" }),
      "invalid_teams_token",
    );
    expect(error.reason).toBe("rejected_by_acs");
    expect(acsRequests(EXCHANGE)).toBe(1);
  });

  it("gives ACS the caller's own object id and the configured client id, whatever the token says", async () => {
    const { clientId } = emulator().fixtures.applications.client;
    const { service } = newService({ teamsTokenVerifier: { clientId, verify: async () => {} } });
    const teamsUserAadToken = await emulator().mintToken({ user: "user-two", audience: "teams" });
    const error = await expectCode(service.exchangeTeamsToken(userOne(), { teamsUserAadToken }), "invalid_teams_token");
    expect(error.reason).toBe("user_mismatch");
    expect(acsRequests(EXCHANGE)).toBe(1);
  });

  it("is refused for users of other providers and where it is not configured", async () => {
    const token = { teamsUserAadToken: "token" };
    const other = { tenantId: "https://issuer.example", objectId: "subject" };
    await expectCode(newTeamsService().service.exchangeTeamsToken(other, token), "invalid_teams_token");
    await expectCode(newService().service.exchangeTeamsToken(userOne(), token), "teams_exchange_not_configured");
  });

  it.each([
    [{ status: 500 }, "acs_unavailable", 3],
    [{ status: 429 }, "throttled", 1],
    [{ status: 401, code: "Denied" }, "acs_denied", 1],
  ] as const)("maps %j of ACS to %s", async (fault, code, attempts) => {
    const { service } = newTeamsService();
    const teamsUserAadToken = await emulator().mintToken({ user: "user-one", audience: "teams" });
    emulator().faults.add({ service: "communication", ...fault });
    await expectCode(service.exchangeTeamsToken(userOne(), { teamsUserAadToken }), code);
    expect(acsRequests()).toBe(attempts);
  });
});
