import { AcsAuthError } from "../errors/acs-auth-error.js";

/**
 * Why an access token was refused: the `reason` of an `invalid_token`, `insufficient_scope`, `forbidden` or
 * `invalid_teams_token` error. Reasons are stable; messages may change.
 *
 * | reason | meaning |
 * | --- | --- |
 * | `unsupported_scheme` | the `Authorization` header uses another scheme than `Bearer` |
 * | `malformed_authorization` | the `Authorization` header is not `Bearer` and one token |
 * | `multiple_tokens` | the `Authorization` header holds more than one credential |
 * | `too_large` | the token is longer than accepted |
 * | `malformed` | not a JSON Web Token in compact serialization |
 * | `duplicate_member` | the header or the claims name a JSON member twice |
 * | `algorithm_not_allowed` | `alg` is not one of the accepted asymmetric algorithms |
 * | `unsupported_header` | the header holds a parameter that would change how the token is read or bring its own key |
 * | `unsupported_type` | `typ` says that this is no access token |
 * | `missing_key_id` | the header has no usable `kid` |
 * | `unknown_key` | the provider has published no such key |
 * | `key_issuer_mismatch` | the signing key belongs to another issuer |
 * | `invalid_signature` | the signature does not fit |
 * | `missing_claim` | a required claim is absent |
 * | `invalid_claim` | a claim has the wrong type or an impossible value |
 * | `ambiguous_claim` | two claims differ only in upper and lower case |
 * | `unsupported_version` | `ver` is neither 1.0 nor 2.0 |
 * | `issuer_mismatch` | `iss` is not the expected issuer |
 * | `audience_mismatch` | the token was issued for another API |
 * | `tenant_not_allowed` | the tenant is not one of those allowed |
 * | `tenant_check_failed` | the application's own tenant check failed (`forbidden`) |
 * | `client_not_allowed` | the token was issued to an application that is not authorized |
 * | `expired` | `exp` has passed |
 * | `not_yet_valid` | `nbf` or `iat` lies in the future |
 * | `missing_scope` | a required scope is absent (`insufficient_scope`, `invalid_teams_token`) |
 * | `app_only` | the token was issued to an application, not to a user (`insufficient_scope`) |
 * | `empty` | the Teams token is empty (`invalid_teams_token`) |
 * | `user_mismatch` | the Teams token belongs to another user (`invalid_teams_token`) |
 * | `tenant_mismatch` | the Teams token belongs to another tenant (`invalid_teams_token`) |
 * | `client_mismatch` | the Teams token was issued to another application (`invalid_teams_token`) |
 *
 * @useDeclaredType
 */
export type TokenRejectionReason = keyof typeof MESSAGES;

const MESSAGES = {
  unsupported_scheme: "The Authorization header must use the Bearer scheme.",
  malformed_authorization: "The Authorization header must be the word Bearer, a space and one token.",
  multiple_tokens: "The Authorization header holds more than one credential.",
  too_large: "The token is too large.",
  malformed: "The token is not a JSON Web Token.",
  duplicate_member: "The token names a JSON member twice.",
  algorithm_not_allowed: "The token is signed with an algorithm that is not allowed.",
  unsupported_header: "The token's header holds a parameter that is not supported.",
  unsupported_type: "The token's header says that it is no access token.",
  missing_key_id: "The token's header has no usable key id.",
  unknown_key: "The token is signed with a key that its issuer has not published.",
  key_issuer_mismatch: "The token is signed with a key of another issuer.",
  invalid_signature: "The token's signature is invalid.",
  missing_claim: "The token lacks a required claim.",
  invalid_claim: "A claim of the token has an invalid value.",
  ambiguous_claim: "Two claims of the token differ only in upper and lower case.",
  unsupported_version: "The token's version is neither 1.0 nor 2.0.",
  issuer_mismatch: "The token was issued by another issuer.",
  audience_mismatch: "The token was issued for another API.",
  tenant_not_allowed: "The token's tenant is not allowed.",
  tenant_check_failed: "Whether the token's tenant is allowed could not be found out.",
  client_not_allowed: "The token was issued to an application that is not authorized.",
  expired: "The token has expired.",
  not_yet_valid: "The token is not valid yet.",
  missing_scope: "The token lacks a required scope.",
  app_only: "The token was issued to an application; a user's token is required.",
  empty: "The token is empty.",
  user_mismatch: "The token belongs to another user.",
  tenant_mismatch: "The token belongs to another tenant.",
  client_mismatch: "The token was issued to another application.",
} as const;

export function invalidToken(reason: TokenRejectionReason, claim?: string): AcsAuthError {
  const message = claim === undefined ? MESSAGES[reason] : `${MESSAGES[reason]} (${claim})`;
  return new AcsAuthError("invalid_token", message, { reason });
}

export function insufficientScope(
  reason: "missing_scope" | "app_only",
  requiredScopes: readonly string[],
): AcsAuthError {
  return new AcsAuthError("insufficient_scope", MESSAGES[reason], { reason, requiredScopes });
}

export function tenantCheckFailed(cause: Error): AcsAuthError {
  return new AcsAuthError("forbidden", MESSAGES.tenant_check_failed, { reason: "tenant_check_failed", cause });
}
