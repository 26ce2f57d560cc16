import { describe, expect, it } from "vitest";
import type { TokenVerifier } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";
import { type DocumentedProvider, useProviders } from "./documented-provider.js";
import { auth0Verifier, b2cVerifier, externalIdVerifier, keycloakVerifier, oktaVerifier } from "./verifiers.js";

const TENANT = "a0000000-0000-4000-8000-00000000000a";
const USER = "b0000000-0000-4000-8000-00000000000c";
const API = "c0000000-0000-4000-8000-00000000000d";
const CLIENT = "c0000000-0000-4000-8000-00000000000e";
const CHAT_API = "https://chat.contoso.com";

const ENTRA = { aud: API, azp: CLIENT, scp: "access_as_user", nbf: Math.floor(Date.now() / 1000) };

const EXTERNAL_ID: DocumentedProvider = {
  metadataUrl: `https://contoso.ciamlogin.com/${TENANT}/v2.0/.well-known/openid-configuration`,
  issuer: `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
  claims: { ...ENTRA, ver: "2.0", tid: TENANT, oid: USER, sub: "pairwise" },
};

const B2C: DocumentedProvider = {
  metadataUrl:
    "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin/v2.0/.well-known/openid-configuration",
  issuer: `https://contoso.b2clogin.com/${TENANT}/v2.0/`,
  claims: { ...ENTRA, ver: "1.0", tfp: "b2c_1_signin", sub: USER },
};

const AUTH0: DocumentedProvider = {
  metadataUrl: "https://contoso.eu.auth0.com/.well-known/openid-configuration",
  issuer: "https://contoso.eu.auth0.com/",
  claims: {
    aud: [CHAT_API, "https://contoso.eu.auth0.com/userinfo"],
    azp: "client-one",
    scope: "openid access_as_user",
    sub: "auth0|user-one",
  },
};

const OKTA: DocumentedProvider = {
  metadataUrl: "https://contoso.okta.com/oauth2/default/.well-known/openid-configuration",
  issuer: "https://contoso.okta.com/oauth2/default",
  claims: {
    aud: "api://default",
    cid: "client-one",
    scp: ["openid", "access_as_user"],
    sub: "user-one@contoso.com",
    uid: "00u-user-one",
  },
};

const KEYCLOAK: DocumentedProvider = {
  metadataUrl: "https://sso.contoso.com/realms/customers/.well-known/openid-configuration",
  issuer: "https://sso.contoso.com/realms/customers",
  claims: { aud: [CHAT_API, "account"], azp: "client-one", scope: "openid access_as_user", sub: USER, typ: "Bearer" },
};

interface Case {
  readonly name: string;
  readonly provider: DocumentedProvider;
  readonly verifier: () => TokenVerifier;
  readonly user: { readonly tenantId: string; readonly objectId: string; readonly clientId?: string };
  /** A token of the same provider that is no user's token for this API. */
  readonly other: Readonly<Record<string, unknown>>;
  readonly refusal: readonly [code: string, reason: string];
}

const CASES: readonly Case[] = [
  {
    name: "Entra External ID",
    provider: EXTERNAL_ID,
    verifier: externalIdVerifier,
    user: { tenantId: TENANT, objectId: USER },
    other: { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` },
    refusal: ["invalid_token", "issuer_mismatch"],
  },
  {
    name: "Azure AD B2C",
    provider: B2C,
    verifier: b2cVerifier,
    user: { tenantId: TENANT, objectId: USER },
    other: { aud: CLIENT },
    refusal: ["invalid_token", "audience_mismatch"],
  },
  {
    name: "Azure AD B2C with the policy in the issuer",
    provider: { ...B2C, issuer: `https://contoso.b2clogin.com/tfp/${TENANT}/b2c_1_signin/v2.0/` },
    verifier: b2cVerifier,
    user: { tenantId: TENANT, objectId: USER },
    other: { iss: `https://contoso.b2clogin.com/tfp/${TENANT}/b2c_1_other/v2.0/`, tfp: "b2c_1_other" },
    refusal: ["invalid_token", "issuer_mismatch"],
  },
  {
    name: "Auth0",
    provider: AUTH0,
    verifier: auth0Verifier,
    user: { tenantId: AUTH0.issuer, objectId: "auth0|user-one" },
    other: { sub: "client-one@clients", scope: "read:reports" },
    refusal: ["insufficient_scope", "missing_scope"],
  },
  {
    name: "Okta",
    provider: OKTA,
    verifier: oktaVerifier,
    user: { tenantId: OKTA.issuer, objectId: "00u-user-one", clientId: "client-one" },
    other: { sub: "client-one", uid: undefined },
    refusal: ["invalid_token", "missing_claim"],
  },
  {
    name: "Keycloak",
    provider: KEYCLOAK,
    verifier: keycloakVerifier,
    user: { tenantId: KEYCLOAK.issuer, objectId: USER },
    other: { aud: "account" },
    refusal: ["invalid_token", "audience_mismatch"],
  },
];

const { publish, mint } = useProviders();

describe.each(CASES)("a token as documented by $name", ({ provider, verifier, user, other, refusal }) => {
  it("names the user that the guide says", async () => {
    publish(provider);
    expect(await verifier().verify(await mint(provider))).toMatchObject(user);
  });

  it("is refused where it is not a user's token for this API", async () => {
    publish(provider);
    const [code, reason] = refusal;
    await expectRefusal(verifier().verify(await mint(provider, other)), code, reason);
  });
});
