import { TOKEN_LIFETIME_IN_MINUTES, TOKEN_SCOPES } from "@acs-auth/core";
import type { AcsAuthHandlerOptions, TokenGrant } from "../options.js";

export type TokenOptions = Pick<AcsAuthHandlerOptions, "authorize" | "tokenScopes" | "tokenExpiresInMinutes">;

/** What clients may choose from: what the options allow, or anything where an `authorize` hook decides. */
export function selectable({ authorize, tokenScopes, tokenExpiresInMinutes }: TokenOptions): TokenGrant {
  if (authorize) return { scopes: TOKEN_SCOPES, tokenExpiresInMinutes: TOKEN_LIFETIME_IN_MINUTES.max };
  return { ...(tokenScopes && { scopes: tokenScopes }), ...(tokenExpiresInMinutes && { tokenExpiresInMinutes }) };
}
