import { AcsAuthError, type AuthenticatedUser, getBearerToken } from "@acs-auth/core";
import type { Context } from "hono";
import type { AcsAuthHandlerOptions, TokenGrant } from "./options.js";

/** Who calls: the user of the request's access token. */
export async function authenticate(
  context: Context,
  { verifier }: AcsAuthHandlerOptions,
  requiredScopes?: readonly string[],
): Promise<AuthenticatedUser> {
  const token = getBearerToken(context.req.header("authorization"));
  return verifier.verify(token, {
    abortSignal: context.req.raw.signal,
    ...(requiredScopes ? { requiredScopes } : {}),
  });
}

/**
 * The most that the user may have.
 *
 * @throws AcsAuthError `forbidden` if the application refuses the user.
 */
export async function authorize(
  context: Context,
  { authorize, tokenScopes, tokenExpiresInMinutes, createOnToken = false }: AcsAuthHandlerOptions,
  user: AuthenticatedUser,
): Promise<TokenGrant> {
  const decision = authorize ? await authorize(user, context.req.raw) : true;
  if (!decision) throw new AcsAuthError("forbidden", "This user may not do this.");
  return {
    ...(tokenScopes ? { scopes: tokenScopes } : {}),
    ...(tokenExpiresInMinutes ? { tokenExpiresInMinutes } : {}),
    createIfMissing: createOnToken,
    ...(decision === true ? {} : decision),
  };
}
