import type { TokenVerifier } from "@acs-auth/core";
import { checkOrigins } from "../check-origins.js";

/** Options of `EasyAuthVerifier`. */
export interface EasyAuthVerifierOptions {
  /** The tenants whose users may call: one GUID or several. */
  readonly tenantId: string | readonly string[];
  /**
   * The platform's names of the identity providers accepted. Default: `["aad"]`. Any other must be Entra ID too, set up as
   * an OpenID Connect provider: users need the claims `tid` and `oid`.
   */
  readonly identityProviders?: readonly string[];
  /**
   * Scopes that every user must have. Default: those of the `accessTokenVerifier`; without one none, because a browser's
   * session has no scopes.
   */
  readonly requiredScopes?: readonly string[];
  /** Origins, besides the application's own, whose pages may call, such as `https://app.contoso.com`. Default: none. */
  readonly origins?: readonly string[];
  /**
   * Verifies `X-MS-TOKEN-AAD-ACCESS-TOKEN`, which must then be there and belong to the same user. Needed where the access
   * token is, such as for On-Behalf-Of. Default: the header is not looked at, and `accessToken` of the user is empty.
   */
  readonly accessTokenVerifier?: TokenVerifier;
}

export interface EasyAuthSettings {
  readonly tenantIds: ReadonlySet<string>;
  readonly identityProviders: readonly string[];
  readonly requiredScopes: readonly string[] | undefined;
  readonly origins: readonly string[];
  readonly accessTokenVerifier: TokenVerifier | undefined;
}

const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** A GUID in lower case. */
export function guidOf(value: unknown): string | undefined {
  const lowerCased = typeof value === "string" ? value.toLowerCase() : "";
  return GUID.test(lowerCased) ? lowerCased : undefined;
}

/** @throws TypeError that names the option. */
export function easyAuthSettings(options: EasyAuthVerifierOptions): EasyAuthSettings {
  const { identityProviders = ["aad"], requiredScopes, origins = [], accessTokenVerifier } = options;
  const tenantIds = [options.tenantId].flat().map(guidOf);
  if (tenantIds.length === 0 || !tenantIds.every((tenantId) => tenantId !== undefined)) {
    throw new TypeError("tenantId must be a GUID or a non-empty list of GUIDs.");
  }
  if (identityProviders.length === 0) throw new TypeError("identityProviders must not be empty.");
  checkOrigins(origins, "origins");
  if (accessTokenVerifier !== undefined && typeof accessTokenVerifier.verify !== "function") {
    throw new TypeError("accessTokenVerifier must be a TokenVerifier.");
  }
  return { tenantIds: new Set(tenantIds), identityProviders, requiredScopes, origins, accessTokenVerifier };
}
