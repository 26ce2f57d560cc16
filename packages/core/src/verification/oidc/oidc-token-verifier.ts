import type { AuthenticatedUser } from "../../user.js";
import { checkScopes } from "../option-checks.js";
import { insufficientScope, invalidToken } from "../rejection.js";
import { type Claims, checkAudience, checkTimes, checkUnambiguous, stringClaim } from "../token/claims.js";
import { decodeToken } from "../token/decode-token.js";
import { checkRequiredScopes, scopesOf } from "../token/scopes.js";
import { verifySignature } from "../token/verify-signature.js";
import type { TokenVerifier, VerifyTokenOptions } from "../token-verifier.js";
import { verifyCall } from "../verify-call.js";
import { CLIENT_ID_CLAIMS, type OidcSettings, oidcSettings } from "./oidc-settings.js";
import type { OidcTokenVerifierOptions } from "./oidc-token-verifier-options.js";

/**
 * Verifies JWT access tokens of any OpenID provider. The user's key is the issuer and the `sub` (or another claim that
 * never changes). For Microsoft Entra ID use {@link EntraTokenVerifier}, which knows its tenants.
 *
 * Tokens must have `iss`, `aud`, `exp`, `iat`, a `kid` and at least one scope. A token whose `sub` is its own client is
 * refused as app-only; providers whose service accounts look like users need `requiredScopes` that only users get.
 *
 * Errors: `missing_token`, `invalid_token` (with a `reason`, see {@link TokenRejectionReason}), `insufficient_scope`,
 * `key_server_unavailable`, `aborted`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068
 * @see https://www.rfc-editor.org/rfc/rfc8725
 */
export class OidcTokenVerifier implements TokenVerifier {
  readonly #settings: OidcSettings;

  /** @throws TypeError naming the option that is wrong. */
  constructor(options: OidcTokenVerifierOptions) {
    this.#settings = oidcSettings(options);
  }

  verify(token: string, options: VerifyTokenOptions = {}): Promise<AuthenticatedUser> {
    return verifyCall("OidcTokenVerifier", options, () => this.#verify(token, options));
  }

  async #verify(text: string, { requiredScopes, abortSignal }: VerifyTokenOptions): Promise<AuthenticatedUser> {
    const { issuer, audiences, keys, algorithms, maxLength, toleranceInSeconds } = this.#settings;
    const { readClaims, scopeClaim, userClaim } = this.#settings;
    const scopesNeeded = requiredScopes ? checkScopes(requiredScopes, "requiredScopes") : this.#settings.requiredScopes;

    const token = decodeToken(text, { maxLength, algorithms });
    const { claims } = token;
    checkUnambiguous(claims, readClaims);
    checkTimes(claims, { toleranceInSeconds, required: ["exp", "iat"] });
    if (stringClaim(claims, "iss") !== issuer) throw invalidToken("issuer_mismatch");
    checkAudience(claims, audiences);
    const clientId = this.#checkClient(claims);
    const objectId = stringClaim(claims, userClaim);

    await verifySignature(token, keys, { abortSignal });

    const scopes = scopesOf(claims, scopeClaim);
    if (clientId !== undefined && claims["sub"] === clientId) throw insufficientScope("app_only", scopesNeeded);
    checkRequiredScopes(scopes, scopesNeeded);
    return { tenantId: issuer, objectId, accessToken: text, scopes, clientId, claims };
  }

  #checkClient(claims: Claims): string | undefined {
    const { authorizedClientIds } = this.#settings;
    const named = CLIENT_ID_CLAIMS.find((name) => Object.hasOwn(claims, name));
    const clientId = named && stringClaim(claims, named);
    if (authorizedClientIds && !(clientId && authorizedClientIds.has(clientId))) {
      throw invalidToken("client_not_allowed");
    }
    return clientId;
  }
}
