import { AcsAuthError, type TokenScope } from "@acs-auth/core";
import { invalidRequest } from "../errors/invalid-request.js";
import type { CallContext } from "../http-call.js";
import type { TokenGrant } from "../options.js";
import { readJsonObject } from "./json-body.js";
import { isLifetime, isTokenScope, LIFETIME_RULE, SCOPES_RULE } from "./token-limits.js";

/** What a client asks of its token. */
export interface TokenRequest {
  readonly scopes?: readonly TokenScope[];
  readonly tokenExpiresInMinutes?: number;
}

/** The body `{ "scopes"?: […], "expiresInMinutes"?: … }`, or none. */
export async function readTokenRequest(context: CallContext): Promise<TokenRequest> {
  const { scopes, expiresInMinutes } = (await readJsonObject(context, ["scopes", "expiresInMinutes"])) ?? {};
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.length > 0 && scopes.every(isTokenScope))) {
    throw invalidRequest("scopes", `scopes must be ${SCOPES_RULE}.`);
  }
  if (expiresInMinutes !== undefined && !isLifetime(expiresInMinutes)) {
    throw invalidRequest("expiresInMinutes", `expiresInMinutes must be ${LIFETIME_RULE}.`);
  }
  return {
    ...(scopes ? { scopes } : {}),
    ...(expiresInMinutes ? { tokenExpiresInMinutes: expiresInMinutes } : {}),
  };
}

/**
 * What the token will be: what the client asks for where it asks, the most it may have where it does not.
 *
 * @throws AcsAuthError `forbidden` if the client asks for more than it may have.
 */
export function withinGrant(asked: TokenRequest, grant: TokenGrant): TokenRequest {
  const scopes = asked.scopes ?? grant.scopes;
  const tokenExpiresInMinutes = asked.tokenExpiresInMinutes ?? grant.tokenExpiresInMinutes;
  if (asked.scopes && !asked.scopes.every((scope) => grant.scopes?.includes(scope))) {
    throw exceeded("scopes", "The token may not have these scopes.");
  }
  if (asked.tokenExpiresInMinutes && !(asked.tokenExpiresInMinutes <= (grant.tokenExpiresInMinutes ?? 0))) {
    throw exceeded("expiresInMinutes", "The token may not live that long.");
  }
  return { ...(scopes ? { scopes } : {}), ...(tokenExpiresInMinutes ? { tokenExpiresInMinutes } : {}) };
}

function exceeded(reason: string, message: string): AcsAuthError {
  return new AcsAuthError("forbidden", message, { reason });
}
