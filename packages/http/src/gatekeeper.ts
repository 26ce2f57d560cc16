import { AcsAuthError, type AuthenticatedUser, getBearerToken } from "@acs-auth/core";
import type { Context } from "hono";
import type { HandlerEnv } from "./observe.js";
import type { AcsAuthHandlerOptions, TokenGrant } from "./options.js";

/** Who calls: the user of the request's access token. */
export async function authenticate(
  context: Context<HandlerEnv>,
  { verifier }: AcsAuthHandlerOptions,
  requiredScopes?: readonly string[],
): Promise<AuthenticatedUser> {
  const token = getBearerToken(context.req.header("authorization"));
  const user = await verifier.verify(token, {
    abortSignal: context.req.raw.signal,
    ...(requiredScopes ? { requiredScopes } : {}),
  });
  context.set("takesClaims", takesClaims(user));
  return user;
}

/** The client capability `cp1`, which Entra ID repeats in the optional claim `xms_cc`. */
function takesClaims({ claims }: AuthenticatedUser): boolean {
  const capabilities = [claims["xms_cc"]].flat();
  return capabilities.some((capability) => String(capability).toLowerCase() === "cp1");
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
