import { AcsAuthError, type AuthenticatedUser, type VerifyTokenOptions } from "@acs-auth/core";
import type { RequestAuthenticator } from "../request-authenticator.js";
import { type ClientPrincipal, readClientPrincipal, refused } from "./client-principal.js";
import { refuseCrossSite } from "./cross-site.js";
import {
  type EasyAuthSettings,
  type EasyAuthVerifierOptions,
  easyAuthSettings,
  guidOf,
} from "./easy-auth-verifier-options.js";
import { checkPlatform } from "./platform.js";

/**
 * Takes the user from the headers that the built-in authentication of Azure App Service and Azure Functions ("Easy Auth")
 * puts into requests. They are not signed: this trusts the platform to strip them from requests from outside.
 *
 * Requests that come from pages of other sites are refused, because the platform's session is a cookie. Principals of
 * Azure Static Web Apps hold neither tenant nor object id and are refused.
 *
 * Errors: `missing_token`; `forbidden` (`cross_site`); `insufficient_scope` (`missing_scope`, `app_only`); `invalid_token`
 * with the reason `malformed_principal`, `ambiguous_claim`, `provider_not_allowed`, `missing_claim`, `tenant_not_allowed`
 * or `user_mismatch`; and those of the `accessTokenVerifier`.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-authentication-authorization
 */
export class EasyAuthVerifier implements RequestAuthenticator {
  readonly #settings: EasyAuthSettings;

  /** @throws TypeError naming the option that is wrong, or if the environment is not that of a platform that sets the headers. */
  constructor(options: EasyAuthVerifierOptions) {
    this.#settings = easyAuthSettings(options);
    checkPlatform(process.env);
  }

  async authenticate(request: Request, options: VerifyTokenOptions = {}): Promise<AuthenticatedUser> {
    const { origins, identityProviders, tenantIds, accessTokenVerifier } = this.#settings;
    const requiredScopes = options.requiredScopes ?? this.#settings.requiredScopes;
    const principal = readClientPrincipal(request.headers);
    refuseCrossSite(request, origins);
    if (!identityProviders.includes(principal.identityProvider)) {
      throw refused("provider_not_allowed", "The user signed in with an identity provider that is not allowed.");
    }
    const user = userOf(principal);
    if (!tenantIds.has(user.tenantId)) throw refused("tenant_not_allowed", "The user's tenant is not allowed.");
    if (!accessTokenVerifier) {
      checkScopes(user, requiredScopes ?? []);
      return user;
    }
    const token = request.headers.get("x-ms-token-aad-access-token") ?? "";
    const verified = await accessTokenVerifier.verify(token, {
      ...options,
      ...(requiredScopes ? { requiredScopes } : {}),
    });
    if (verified.tenantId !== user.tenantId || verified.objectId !== user.objectId) {
      throw refused("user_mismatch", "The access token belongs to another user than the session.");
    }
    return verified;
  }
}

function userOf({ claims }: ClientPrincipal): AuthenticatedUser {
  const tenantId = guidOf(claims.get("tid"));
  const objectId = guidOf(claims.get("oid"));
  if (!tenantId || !objectId) throw refused("missing_claim", "The user has no tenant id or no object id.");
  const scope = claims.get("scp");
  return {
    tenantId,
    objectId,
    accessToken: "",
    scopes: typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : [],
    clientId: clientIdOf(claims),
    claims: Object.fromEntries(claims),
  };
}

function clientIdOf(claims: ClientPrincipal["claims"]): string | undefined {
  const clientId = claims.get("azp") ?? claims.get("appid");
  return typeof clientId === "string" ? clientId : undefined;
}

/** Access tokens name the client and id tokens do not: an access token without a scope was issued to no user. */
function checkScopes({ scopes, clientId, claims }: AuthenticatedUser, requiredScopes: readonly string[]): void {
  if (claims["idtyp"] === "app" || (clientId !== undefined && scopes.length === 0)) {
    throw new AcsAuthError("insufficient_scope", "An application called; a user is required.", {
      reason: "app_only",
      requiredScopes,
    });
  }
  if (!requiredScopes.every((scope) => scopes.includes(scope))) {
    throw new AcsAuthError("insufficient_scope", "The user lacks a required scope.", {
      reason: "missing_scope",
      requiredScopes,
    });
  }
}
