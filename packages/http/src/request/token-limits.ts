import { TOKEN_LIFETIME_IN_MINUTES, TOKEN_SCOPES, type TokenScope } from "@acs-auth/core";

const { min, max } = TOKEN_LIFETIME_IN_MINUTES;

export const SCOPES_RULE = `a non-empty list of ${TOKEN_SCOPES.join(", ")}`;
export const LIFETIME_RULE = `a whole number of minutes from ${min} to ${max}`;

export function isTokenScope(value: unknown): value is TokenScope {
  return TOKEN_SCOPES.some((scope) => scope === value);
}

export function isLifetime(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}
