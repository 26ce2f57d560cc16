import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { OnBehalfOfCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { describe, expect, it, onTestFinished } from "vitest";
import { defaultFixtures, type MintTokenRequest, startEmulator } from "../../src/index.js";
import { useEmulator } from "../support/emulator.js";
import { send } from "../support/signed-request.js";

const { applications, users, tenants } = defaultFixtures;
const CLIENTS_SCOPE = "https://communication.azure.com/clients";
const TEAMS_SCOPE = "https://auth.msft.communication.azure.com";

const emulator = useEmulator();

const user = { user: "user-one", audience: "clients", scopes: ["VoIP"] } satisfies MintTokenRequest;
const teamsExtensionUser = {
  user: "user-one",
  audience: "teams",
  scopes: ["TeamsExtension.ManageCalls"],
} satisfies MintTokenRequest;

/** The SDK's credential with tokens as asked for. */
function credentialFor(token: MintTokenRequest, scopes: string[], resourceEndpoint = emulator().communication.url) {
  return new AzureCommunicationTokenCredential({
    resourceEndpoint,
    scopes,
    tokenCredential: {
      getToken: async () => ({ token: await emulator().mintToken(token), expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
  });
}

const idOf = (prefix: string) =>
  `8:acs:${emulator().communication.resourceId}_${prefix}${tenants.home.id}_${users["user-one"].objectId}`;

describe("AzureCommunicationTokenCredential with an Entra ID credential", () => {
  it("gets a token by its default scope and a real sign-in, for as long as the Entra ID token lives", async () => {
    const { api } = applications;
    const authority = { authorityHost: emulator().entra.url, disableInstanceDiscovery: true };
    const tokenCredential = new OnBehalfOfCredential({
      tenantId: tenants.home.id,
      clientId: api.clientId,
      clientSecret: api.clientSecret,
      userAssertionToken: await emulator().mintToken({ user: "user-one" }),
      ...authority,
    });
    const credential = new AzureCommunicationTokenCredential({
      resourceEndpoint: emulator().communication.url,
      tokenCredential,
    });
    const { token, expiresOnTimestamp } = await credential.getToken();
    const entraToken = await tokenCredential.getToken(`${CLIENTS_SCOPE}/.default`);
    expect(expiresOnTimestamp).toBe(Number(decodeJwt(entraToken.token).exp) * 1000);
    expect(await emulator().communication.introspectToken(token)).toEqual({
      active: true,
      rawId: idOf("wf_"),
      scopes: ["chat", "voip"],
      expiresOn: new Date(expiresOnTimestamp),
    });
    credential.dispose();
  });

  it.each(["1.0", "2.0"] as const)(
    "takes tokens of version %s, and an endpoint that ends with a slash",
    async (version) => {
      const endpoint = `${emulator().communication.url}/`;
      const { token } = await credentialFor({ ...user, version }, [`${CLIENTS_SCOPE}/VoIP`], endpoint).getToken();
      expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true, scopes: ["voip"] });
      expect(
        emulator().requests.count({ service: "communication", route: "POST /access/entra/:exchangeAccessToken" }),
      ).toBe(1);
    },
  );

  it("gets the token of a Teams Phone extension user by the scope of that", async () => {
    const { token } = await credentialFor(teamsExtensionUser, [`${TEAMS_SCOPE}/TeamsExtension.ManageCalls`]).getToken();
    expect(await emulator().communication.introspectToken(token)).toMatchObject({ active: true, rawId: idOf("") });
  });

  it("has the same identity every time, which is revoked and deleted like any other", async () => {
    const getToken = () => credentialFor(user, [`${CLIENTS_SCOPE}/VoIP`]).getToken();
    const first = await getToken();
    await getToken();
    const identities = () => emulator().state().communication.identities;
    expect(identities()).toMatchObject([{ id: idOf("wf_"), tokens: [{ status: "active" }, { status: "active" }] }]);
    await new CommunicationIdentityClient(emulator().communication.connectionString).deleteUser({
      communicationUserId: idOf("wf_"),
    });
    expect(await emulator().communication.introspectToken(first.token)).toEqual({ active: false, reason: "revoked" });
    await getToken();
    expect(identities()).toHaveLength(1);
    expect(identities()[0]?.deletedOn).toBeUndefined();
  });

  it.each<[string, MintTokenRequest, string]>([
    ["of an application", { application: "daemon", audience: "clients" }, CLIENTS_SCOPE],
    ["without a permission", { ...user, scopes: ["Other"] }, CLIENTS_SCOPE],
    ["for another API", { user: "user-one" }, CLIENTS_SCOPE],
    ["for the resource itself", { user: "user-one", audience: "communication", scopes: ["VoIP"] }, CLIENTS_SCOPE],
    ["that has expired", { ...user, lifetimeInSeconds: -600 }, CLIENTS_SCOPE],
    ["signed with a key nobody published", { ...user, signWith: "unpublished" }, CLIENTS_SCOPE],
    ["for clients, at the route for Teams", { ...user, scopes: teamsExtensionUser.scopes }, TEAMS_SCOPE],
    ["for Teams, at the route for clients", { ...teamsExtensionUser, scopes: user.scopes }, CLIENTS_SCOPE],
    ["for Teams, of a Teams user", { user: "user-one", audience: "teams" }, TEAMS_SCOPE],
  ])("is refused with a token %s", async (_, token, scope) => {
    const body = JSON.stringify({
      error: { code: "InvalidAccessToken", message: "Provided access token is not valid." },
    });
    await expect(credentialFor(token, [`${scope}/.default`]).getToken()).rejects.toThrow(
      `Service request failed. Status: 401, Body: ${body}`,
    );
    expect(emulator().state().communication.identities).toEqual([]);
  });

  it("is refused as chosen: how the real service does it is not known", async () => {
    const other = await startEmulator({
      ports: { entra: 0, communication: 0, admin: 0 },
      communication: { unknown: { invalidEntraToken: { status: 403, code: "Forbidden", message: "No access." } } },
    });
    onTestFinished(() => other.close());
    await expect(credentialFor(user, [`${CLIENTS_SCOPE}/VoIP`], other.communication.url).getToken()).rejects.toThrow(
      'Status: 403, Body: {"error":{"code":"Forbidden","message":"No access."}}',
    );
  });
});

describe("the routes", () => {
  const call = async (path: string, version: string, headers: Record<string, string> = {}) => {
    const url = `${emulator().communication.url}${path}/:exchangeAccessToken?api-version=${version}`;
    return send([url, { method: "POST", headers, body: "{}" }]);
  };

  it("exist in the api-versions that have them", async () => {
    const clients = { authorization: `Bearer ${await emulator().mintToken(user)}` };
    const teams = { authorization: `Bearer ${await emulator().mintToken(teamsExtensionUser)}` };
    const statuses = async (path: string, headers: Record<string, string>) => {
      const versions = ["2023-10-01", "2025-03-02-preview", "2025-06-30", "2026-09-23"];
      return Promise.all(versions.map(async (version) => (await call(path, version, headers)).status));
    };
    expect(await statuses("/access/entra", clients)).toEqual([400, 200, 400, 400]);
    expect(await statuses("/access/teamsExtension", teams)).toEqual([400, 200, 200, 200]);
  });

  it("answer with the identity and the token", async () => {
    const headers = { authorization: `Bearer ${await emulator().mintToken(user)}` };
    const { status, headers: answered, body } = await call("/access/entra", "2025-03-02-preview", headers);
    expect(status).toBe(200);
    expect(answered.get("content-type")).toBe("application/json; charset=utf-8");
    expect(body).toEqual({
      identity: { id: idOf("wf_") },
      accessToken: { token: expect.any(String), expiresOn: expect.stringMatching(/\.\d{7}\+00:00$/) },
    });
  });

  it("take no access key", async () => {
    expect(await call("/access/entra", "2025-03-02-preview")).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAccessToken" } },
    });
  });
});
