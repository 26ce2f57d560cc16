import { ClientSecretCredential, OnBehalfOfCredential } from "@azure/identity";
import {
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  PublicClientApplication,
  ServerError,
} from "@azure/msal-node";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import type { Fixtures } from "../../src/fixtures.js";
import { makeClientCertificate } from "./support/client-certificate.js";
import { type EntraServer, startEntra } from "./support/entra-server.js";
import { answer, apiScope, redirectUri } from "./support/sign-in.js";

const { applications, tenants } = defaultFixtures;
const { api, client, daemon } = applications;
const graphScope = "https://graph.microsoft.com/.default";

let server: EntraServer;
beforeEach(async () => {
  server = await startEntra();
});
afterEach(() => server.close());

const authority = () => ({
  authority: `${server.url}/${tenants.home.id}`,
  knownAuthorities: [new URL(server.url).host],
});
const emulated = () => ({ authorityHost: server.url, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } });

describe("@azure/msal-node PublicClientApplication", () => {
  test("signs in with code and PKCE, then silently with the refresh token", async () => {
    const application = new PublicClientApplication({ auth: { clientId: client.clientId, ...authority() } });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const request = { scopes: [apiScope], redirectUri };
    const url = await application.getAuthCodeUrl({
      ...request,
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      nonce: "a nonce",
    });
    const { redirect } = await answer(new URL(url), { user: "guest" });
    const code = redirect?.searchParams.get("code") ?? "";
    const first = await application.acquireTokenByCode(
      { ...request, code, codeVerifier: verifier },
      { code, nonce: "a nonce" },
    );
    expect(first.account).toMatchObject({ username: "guest@other.example", tenantId: tenants.home.id });
    expect(first.account?.homeAccountId).toBe(`b0000000-0000-4000-8000-000000000014.${tenants.other.id}`);
    if (first.account === null) throw new Error("There is no account.");

    const silent = { account: first.account, scopes: [apiScope] };
    expect((await application.acquireTokenSilent(silent)).fromCache).toBe(true);
    const refreshed = await application.acquireTokenSilent({ ...silent, forceRefresh: true });
    expect(refreshed.fromCache).toBe(false);
    expect(decodeJwt(refreshed.accessToken)).toMatchObject({ aud: api.clientId, scp: "access_as_user" });
    server.entra.revokeSessions({ user: "guest" });
    await expect(application.acquireTokenSilent({ ...silent, forceRefresh: true })).rejects.toThrow(
      InteractionRequiredAuthError,
    );
  });
});

describe("@azure/msal-node ConfidentialClientApplication", () => {
  const makeApplication = (clientSecret = api.clientSecret) =>
    new ConfidentialClientApplication({ auth: { clientId: api.clientId, clientSecret, ...authority() } });
  const exchange = async (application = makeApplication(), minted = {}) =>
    application.acquireTokenOnBehalfOf({
      oboAssertion: await server.entra.mintToken({ user: "user-one", ...minted }),
      scopes: [graphScope],
    });

  test("acquires on behalf of a user and finds the token in its cache again", async () => {
    const application = makeApplication();
    const oboAssertion = await server.entra.mintToken({ user: "user-one" });
    const first = await application.acquireTokenOnBehalfOf({ oboAssertion, scopes: [graphScope] });
    expect(decodeJwt(first?.accessToken ?? "")).toMatchObject({ ver: "1.0", scp: "User.Read User.ReadWrite" });
    const second = await application.acquireTokenOnBehalfOf({ oboAssertion, scopes: [graphScope] });
    expect([first?.fromCache, second?.fromCache]).toEqual([false, true]);
  });

  test("maps a required second factor to an interaction with claims", async () => {
    server.entra.requireMfa({ user: "user-one", resource: "graph" });
    const error = await exchange().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InteractionRequiredAuthError);
    expect(error).toMatchObject({ errorCode: "interaction_required", subError: "basic_action" });
    expect(error).toHaveProperty("claims", expect.stringContaining("polids"));
  });

  test("maps missing consent to an interaction", async () => {
    server.entra.revokeConsent({ user: "user-one", application: "api", resource: "graph" });
    const error = await exchange().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InteractionRequiredAuthError);
    expect(error).toMatchObject({ errorCode: "invalid_grant", subError: "consent_required" });
  });

  test("maps an expired assertion and a wrong secret to server errors", async () => {
    const expired = await exchange(makeApplication(), { lifetimeInSeconds: -60 }).catch((thrown: unknown) => thrown);
    expect(expired).toBeInstanceOf(ServerError);
    expect(expired).toMatchObject({ errorCode: "invalid_grant", errorNo: 500133 });
    const wrongSecret = await exchange(makeApplication("wrong")).catch((thrown: unknown) => thrown);
    expect(wrongSecret).toBeInstanceOf(ServerError);
    expect(wrongSecret).toMatchObject({ errorCode: "invalid_client", errorNo: 7000215 });
  });

  test("authenticates with a certificate", async () => {
    await server.close();
    const { certificate, privateKey, thumbprintSha256 } = await makeClientCertificate();
    const fixtures: Fixtures = {
      ...defaultFixtures,
      applications: { ...applications, api: { ...api, certificates: [certificate] } },
    };
    server = await startEntra({ fixtures });
    const auth = { clientId: api.clientId, ...authority() };
    const application = new ConfidentialClientApplication({
      auth: { ...auth, clientCertificate: { thumbprintSha256, privateKey } },
    });
    const token = await exchange(application);
    expect(decodeJwt(token?.accessToken ?? "")).toMatchObject({ appidacr: "2" });
    const stranger = await makeClientCertificate();
    const impostor = new ConfidentialClientApplication({ auth: { ...auth, clientCertificate: stranger } });
    await expect(exchange(impostor)).rejects.toMatchObject({ errorNo: 700027 });
  });
});

describe("@azure/identity", () => {
  test("ClientSecretCredential gets an app-only token", async () => {
    const credential = new ClientSecretCredential(tenants.home.id, daemon.clientId, daemon.clientSecret, emulated());
    const { token, expiresOnTimestamp } = await credential.getToken(`api://${api.clientId}/.default`);
    expect(decodeJwt(token)).toMatchObject({ roles: ["access_as_application"] });
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 4_000_000);
    const wrong = new ClientSecretCredential(tenants.home.id, daemon.clientId, "wrong", emulated());
    await expect(wrong.getToken(graphScope)).rejects.toThrow("AADSTS7000215");
  });

  test("OnBehalfOfCredential gets a Graph token, with cp1 where CAE is on", async () => {
    const getToken = async (options = {}) =>
      new OnBehalfOfCredential({
        tenantId: tenants.home.id,
        clientId: api.clientId,
        clientSecret: api.clientSecret,
        userAssertionToken: await server.entra.mintToken({ user: "user-one" }),
        ...emulated(),
      }).getToken(graphScope, options);
    expect(decodeJwt((await getToken()).token)).toMatchObject({ aud: "https://graph.microsoft.com" });
    expect(decodeJwt((await getToken({ enableCae: true })).token)).toMatchObject({
      aud: "https://graph.microsoft.com",
    });
    server.entra.requireMfa({ user: "user-one", resource: "graph" });
    await expect(getToken()).rejects.toMatchObject({
      name: "AuthenticationRequiredError",
      message: expect.stringContaining("AADSTS50076"),
    });
  });
});
