import type { TokenScope } from "../identity-client/acs-identity-client.js";
import type { TokenRequest } from "./acs-gateway.js";

/** Every scope that ACS knows. */
export const TOKEN_SCOPES: readonly TokenScope[] = ["chat", "chat.join", "chat.join.limited", "voip", "voip.join"];

/** The shortest and the longest lifetime of an ACS token, in minutes. */
export const TOKEN_LIFETIME_IN_MINUTES = {
  /** 1 hour. */
  min: 60,
  /** 24 hours, the default of ACS. */
  max: 1440,
} as const;

/**
 * Validates what a token is to allow and for how long.
 *
 * @throws TypeError for an empty or unknown scope list and for a lifetime outside of 60 to 1,440 whole minutes.
 */
export function tokenRequest(scopes: readonly TokenScope[], tokenExpiresInMinutes: number): TokenRequest {
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every((scope) => TOKEN_SCOPES.includes(scope))) {
    throw new TypeError(`scopes must be a non-empty list of ${TOKEN_SCOPES.join(", ")}.`);
  }
  const { min, max } = TOKEN_LIFETIME_IN_MINUTES;
  if (!Number.isInteger(tokenExpiresInMinutes) || tokenExpiresInMinutes < min || tokenExpiresInMinutes > max) {
    throw new TypeError(`tokenExpiresInMinutes must be a whole number from ${min} to ${max}.`);
  }
  return { scopes: TOKEN_SCOPES.filter((scope) => scopes.includes(scope)), tokenExpiresInMinutes };
}

/** A string that is equal for requests that ACS would answer alike. */
export function tokenRequestId({ scopes, tokenExpiresInMinutes }: TokenRequest): string {
  return `${tokenExpiresInMinutes}:${scopes.join(",")}`;
}
