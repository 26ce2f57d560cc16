import { invalidToken } from "../rejection.js";

export type Claims = Readonly<Record<string, unknown>>;

/** 9999-12-31T23:59:59Z: a NumericDate beyond it is no date. */
const LATEST_TIME = 253_402_300_799;

/** The longest issuer, subject or client id accepted, in characters. */
const MAX_STRING_LENGTH = 1024;

/** @throws AcsAuthError `invalid_token`: `missing_claim`, `invalid_claim`. */
export function stringClaim(claims: Claims, name: string): string {
  const value = claim(claims, name);
  if (typeof value !== "string" || value === "" || value.length > MAX_STRING_LENGTH) {
    throw invalidToken("invalid_claim", name);
  }
  return value;
}

export function optionalStringClaim(claims: Claims, name: string): string | undefined {
  return Object.hasOwn(claims, name) ? stringClaim(claims, name) : undefined;
}

/**
 * `iat` and `nbf` must have come and `exp` must be ahead, give or take the tolerance.
 *
 * @throws AcsAuthError `invalid_token`: `missing_claim`, `invalid_claim`, `expired`, `not_yet_valid`.
 */
export function checkTimes(
  claims: Claims,
  { toleranceInSeconds, required }: { readonly toleranceInSeconds: number; readonly required: readonly string[] },
): void {
  for (const name of required) claim(claims, name);
  const now = Date.now() / 1000;
  const expires = timeClaim(claims, "exp");
  const begins = [timeClaim(claims, "nbf"), timeClaim(claims, "iat")];
  if (expires !== undefined && now >= expires + toleranceInSeconds) throw invalidToken("expired");
  if (begins.some((time) => time !== undefined && now < time - toleranceInSeconds)) {
    throw invalidToken("not_yet_valid");
  }
}

/** @throws AcsAuthError `invalid_token`: `missing_claim`, `audience_mismatch`. */
export function checkAudience(claims: Claims, accepted: ReadonlySet<unknown>): void {
  const audience = claim(claims, "aud");
  const audiences: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  if (!audiences.some((value) => accepted.has(value))) throw invalidToken("audience_mismatch");
}

/**
 * Refuses claims beside which stands one of the same name in another case: a reader that ignores case could take that
 * one for the claim verified here.
 *
 * @param names - The claims that are read here, in lower case.
 * @throws AcsAuthError `invalid_token`: `ambiguous_claim`.
 */
export function checkUnambiguous(claims: Claims, names: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const name of Object.keys(claims)) {
    const lowerCased = name.toLowerCase();
    if (!names.has(lowerCased)) continue;
    if (seen.has(lowerCased)) throw invalidToken("ambiguous_claim", lowerCased);
    seen.add(lowerCased);
  }
}

function claim(claims: Claims, name: string): unknown {
  if (!Object.hasOwn(claims, name)) throw invalidToken("missing_claim", name);
  return claims[name];
}

function timeClaim(claims: Claims, name: string): number | undefined {
  if (!Object.hasOwn(claims, name)) return undefined;
  const value = claims[name];
  if (typeof value !== "number" || !(value > 0 && value <= LATEST_TIME)) throw invalidToken("invalid_claim", name);
  return value;
}
