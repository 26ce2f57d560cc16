import { AcsAuthClient, type GetAccessToken } from "@acs-auth/client";
import { describe, expect, it } from "vitest";
import { startBackend, useEmulator } from "./support/backend.js";

const emulator = useEmulator();
const getAccessToken: GetAccessToken = () => "token";
const introspectToken = (token: string) => emulator().communication.introspectToken(token);

describe("the client", () => {
  it("creates, finds and deletes the identity", async () => {
    const client = new AcsAuthClient((await startBackend(emulator())).client);
    expect(await client.getUser()).toBeUndefined();
    const created = await client.getOrCreateUser();
    expect(created).toEqual({ communicationUserId: expect.stringMatching(/^8:acs:/), created: true });
    const { communicationUserId } = created;
    expect(await client.getOrCreateUser()).toEqual({ communicationUserId, created: false });
    expect(await client.getUser()).toEqual({ communicationUserId });
    await client.deleteUser();
    expect(await client.getUser()).toBeUndefined();
    await client.deleteUser();
  });

  it("gets tokens of the scopes and lifetime it asks for, and revokes them", async () => {
    const { client: options } = await startBackend(emulator(), {
      tokenScopes: ["chat", "voip"],
      tokenExpiresInMinutes: 120,
    });
    const client = new AcsAuthClient(options);
    const most = await client.issueToken();
    expect(await introspectToken(most.token)).toMatchObject({ active: true, scopes: ["chat", "voip"] });
    const before = Date.now();
    const { token, expiresOn, user } = await client.issueToken({ scopes: ["chat"], tokenExpiresInMinutes: 60 });
    expect(await introspectToken(token)).toMatchObject({
      active: true,
      scopes: ["chat"],
      expiresOn,
      rawId: user.communicationUserId,
    });
    expect(expiresOn.getTime() - before).toBeGreaterThanOrEqual(3_600_000);
    expect(expiresOn.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    await client.revokeTokens();
    expect(await introspectToken(token)).toEqual({ active: false, reason: "revoked" });
  });

  it("exchanges a Teams token", async () => {
    const client = new AcsAuthClient((await startBackend(emulator())).client);
    const teamsUserAadToken = await emulator().mintToken({ user: "user-one", application: "api", audience: "teams" });
    const { token, expiresOn } = await client.exchangeTeamsToken({ teamsUserAadToken });
    expect(await introspectToken(token)).toMatchObject({ active: true, scopes: ["voip", "chat"], expiresOn });
  });

  it("passes the server's refusal on", async () => {
    const { client: options } = await startBackend(emulator(), { authorize: () => false });
    const refusal = await new AcsAuthClient(options).getUser().catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      name: "AcsAuthError",
      code: "forbidden",
      statusCode: 403,
      message: "This user may not do this.",
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it.each(["/v1", "/v1/", "", "/"])("finds the routes below the endpoint's path %j", async (path) => {
    const basePath = path.replace(/\/$/, "");
    const { client: options, endpoint } = await startBackend(emulator(), basePath ? { basePath } : {});
    const client = new AcsAuthClient({ ...options, endpoint: endpoint + path });
    expect(await client.getOrCreateUser()).toMatchObject({ created: true });
  });
});

describe("the endpoint", () => {
  it.each([
    "https://api.contoso.com",
    "https://api.contoso.com/v1/",
    "http://localhost:5000",
    "http://app.localhost",
    "http://127.0.0.1:1",
    "http://[::1]:5000",
  ])("may be %s", (endpoint) => {
    expect(() => new AcsAuthClient({ endpoint, getAccessToken })).not.toThrow();
  });

  it.each([
    "",
    "/api",
    "api.contoso.com",
    "http://api.contoso.com",
    "http://localhost.contoso.com",
    "ftp://api.contoso.com",
    "https://api.contoso.com?a=b",
    "https://api.contoso.com/#a",
    "https://user@api.contoso.com",
  ])("may not be %j", (endpoint) => {
    expect(() => new AcsAuthClient({ endpoint, getAccessToken })).toThrow(TypeError);
  });
});

it.each([
  ["getAccessToken", {}],
  ["timeoutInMs", { getAccessToken, timeoutInMs: 0 }],
  ["maxRetries", { getAccessToken, maxRetries: 0.5 }],
])("refuses an impossible %s", (name, options) => {
  const all = { endpoint: "https://api.contoso.com", ...options };
  expect(() => Reflect.construct(AcsAuthClient, [all])).toThrow(new RegExp(`^${name} `));
});
