import type { AuthenticatedUser } from "../../user.js";
import { isGuid } from "../../user.js";
import { insufficientScope, invalidToken } from "../rejection.js";
import { type Claims, checkAudience, checkTimes, checkUnambiguous, stringClaim } from "../token/claims.js";
import { decodeToken } from "../token/decode-token.js";
import { checkRequiredScopes, scopesOf } from "../token/scopes.js";
import type { TokenVerifier, VerifyTokenOptions } from "../token-verifier.js";
import { verifyCall } from "../verify-call.js";
import { verifyEntraSignature } from "./entra-authority.js";
import { checkEntraScopes, type EntraSettings, entraSettings } from "./entra-settings.js";
import type { EntraTokenVerifierOptions } from "./entra-token-verifier-options.js";

/** The only algorithm that Entra ID signs access tokens with. */
export const ENTRA_ALGORITHMS = ["RS256"];

/** The claims read here, in lower case. */
const READ_CLAIMS = new Set([
  "ver",
  "iss",
  "aud",
  "tid",
  "oid",
  "sub",
  "exp",
  "nbf",
  "iat",
  "scp",
  "roles",
  "idtyp",
  "azp",
  "appid",
]);

/**
 * Verifies access tokens of Microsoft Entra ID, versions 1.0 and 2.0, that users' applications got for this API.
 *
 * Signature (RS256) by a key that the token's issuer has published, issuer, tenant, audience, lifetime, client and scopes
 * are checked; app-only tokens are refused. What needs no key is checked before any key is fetched.
 *
 * Errors: `missing_token`, `invalid_token` (with a `reason`, see {@link TokenRejectionReason}), `insufficient_scope`,
 * `forbidden` (the tenant check failed), `key_server_unavailable`, `aborted`.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
 * @see https://learn.microsoft.com/entra/identity-platform/claims-validation
 */
export class EntraTokenVerifier implements TokenVerifier {
  readonly #settings: EntraSettings;

  /** @throws TypeError naming the option that is wrong. */
  constructor(options: EntraTokenVerifierOptions) {
    this.#settings = entraSettings(options);
  }

  verify(token: string, options: VerifyTokenOptions = {}): Promise<AuthenticatedUser> {
    return verifyCall("EntraTokenVerifier", options, () => this.#verify(token, options));
  }

  async #verify(text: string, { requiredScopes, abortSignal }: VerifyTokenOptions): Promise<AuthenticatedUser> {
    const { authority, tenants, audiences, maxLength, toleranceInSeconds } = this.#settings;
    const scopesNeeded = requiredScopes ? checkEntraScopes(requiredScopes) : this.#settings.requiredScopes;

    const token = decodeToken(text, { maxLength, algorithms: ENTRA_ALGORITHMS });
    const { claims } = token;
    checkUnambiguous(claims, READ_CLAIMS);
    checkTimes(claims, { toleranceInSeconds, required: ["exp", "iat", "nbf"] });
    checkAudience(claims, audiences);
    const claimedTenant = authority.claimedTenant(claims);
    const tenantId = claimedTenant.toLowerCase();
    tenants.checkClaimed(tenantId);
    const clientId = this.#checkClient(claims);

    await verifyEntraSignature(token, claimedTenant, authority, abortSignal);

    await tenants.checkVerified(tenantId);
    const scopes = checkDelegation(claims, scopesNeeded);
    return { tenantId, objectId: this.#objectId(claims), accessToken: text, scopes, clientId, claims };
  }

  #checkClient(claims: Claims): string | undefined {
    const { authorizedClientIds, authority } = this.#settings;
    const clientId = authority.clientId(claims);
    if (authorizedClientIds && !(clientId && authorizedClientIds.has(clientId.toLowerCase()))) {
      throw invalidToken("client_not_allowed");
    }
    return clientId;
  }

  #objectId(claims: Claims): string {
    const { objectIdClaim } = this.#settings;
    const objectId = stringClaim(claims, objectIdClaim);
    if (isGuid(objectId)) return objectId.toLowerCase();
    if (objectIdClaim === "oid" || NO_SUBJECT.test(objectId)) throw invalidToken("invalid_claim", objectIdClaim);
    return objectId;
  }
}

/** What a user flow of Azure AD B2C whose subject claim is switched off issues to every user alike. */
const NO_SUBJECT = /^not supported/i;

/** Only users' tokens have `scp`; `tid` and `oid` alone do not tell a user from a service. */
function checkDelegation(claims: Claims, required: readonly string[]): readonly string[] {
  if (Array.isArray(claims["scp"])) throw invalidToken("invalid_claim", "scp");
  const scopes = scopesOf(claims, "scp");
  if (claims["idtyp"] === "app" || (scopes.length === 0 && Object.hasOwn(claims, "roles"))) {
    throw insufficientScope("app_only", required);
  }
  checkRequiredScopes(scopes, required);
  return scopes;
}
