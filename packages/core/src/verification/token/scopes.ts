import { insufficientScope, invalidToken } from "../rejection.js";
import type { Claims } from "./claims.js";

/**
 * The delegated scopes of a token, in its order: a string of words, or an array of them.
 *
 * @throws AcsAuthError `invalid_token`: `invalid_claim`.
 */
export function scopesOf(claims: Claims, name: string): readonly string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : "";
  const words: unknown = typeof value === "string" ? value.split(" ") : value;
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string")) {
    throw invalidToken("invalid_claim", name);
  }
  return words.filter((word) => word !== "");
}

/**
 * Each required scope must be there, and at least one of any kind: a token without a scope was issued to no user.
 *
 * @throws AcsAuthError `insufficient_scope`: `missing_scope`.
 */
export function checkRequiredScopes(scopes: readonly string[], required: readonly string[]): void {
  if (scopes.length === 0 || !required.every((scope) => scopes.includes(scope))) {
    throw insufficientScope("missing_scope", required);
  }
}
