import { EntraTokenVerifier, OidcTokenVerifier } from "../../src/index.js";

// The verifiers of docs/bring-your-own-identity.md, which shows them word for word.

export function externalIdVerifier(): EntraTokenVerifier {
  return new EntraTokenVerifier({
    tenantId: "a0000000-0000-4000-8000-00000000000a",
    clientId: "c0000000-0000-4000-8000-00000000000d",
    metadataUrl:
      "https://contoso.ciamlogin.com/a0000000-0000-4000-8000-00000000000a/v2.0/.well-known/openid-configuration",
  });
}

export function b2cVerifier(): EntraTokenVerifier {
  return new EntraTokenVerifier({
    tenantId: "a0000000-0000-4000-8000-00000000000a",
    clientId: "c0000000-0000-4000-8000-00000000000d",
    metadataUrl:
      "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin/v2.0/.well-known/openid-configuration",
    objectIdClaim: "sub",
  });
}

export function auth0Verifier(): OidcTokenVerifier {
  return new OidcTokenVerifier({
    issuer: "https://contoso.eu.auth0.com/",
    audience: "https://chat.contoso.com",
    requiredScopes: ["access_as_user"],
  });
}

export function oktaVerifier(): OidcTokenVerifier {
  return new OidcTokenVerifier({
    issuer: "https://contoso.okta.com/oauth2/default",
    audience: "api://default",
    requiredScopes: ["access_as_user"],
    scopeClaim: "scp",
    userClaim: "uid",
  });
}

export function keycloakVerifier(): OidcTokenVerifier {
  return new OidcTokenVerifier({
    issuer: "https://sso.contoso.com/realms/customers",
    audience: "https://chat.contoso.com",
    requiredScopes: ["access_as_user"],
  });
}
