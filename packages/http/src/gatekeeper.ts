import { AcsAuthError, type AuthenticatedUser, getBearerToken, type VerifyTokenOptions } from "@acs-auth/core";
import type { CallContext, HttpCall } from "./http-call.js";
import type { AcsAuthHandlerOptions, TokenGrant } from "./options.js";
import { createRateLimit } from "./rate-limit/rate-limit.js";

/** Tells who calls, and refuses users who call too often. */
export type Authenticate = (context: CallContext, requiredScopes?: readonly string[]) => Promise<AuthenticatedUser>;

export function createAuthenticate({ verifier, rateLimit }: AcsAuthHandlerOptions): Authenticate {
  const limit = rateLimit && createRateLimit(rateLimit);
  return async (context, requiredScopes) => {
    const { call } = context;
    const user = await identify(call, verifier, {
      abortSignal: call.abortSignal,
      ...(requiredScopes ? { requiredScopes } : {}),
    });
    context.takesClaims = takesClaims(user);
    await limit?.(user);
    return user;
  };
}

async function identify(
  call: HttpCall,
  verifier: AcsAuthHandlerOptions["verifier"],
  options: VerifyTokenOptions,
): Promise<AuthenticatedUser> {
  if ("authenticate" in verifier) return verifier.authenticate(call.request, options);
  return verifier.verify(getBearerToken(call.header("authorization")), options);
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
  { call }: CallContext,
  { authorize, tokenScopes, tokenExpiresInMinutes, createOnToken = false }: AcsAuthHandlerOptions,
  user: AuthenticatedUser,
): Promise<TokenGrant> {
  const decision = authorize ? await authorize(user, call.request) : true;
  if (!decision) throw new AcsAuthError("forbidden", "This user may not do this.");
  return {
    ...(tokenScopes ? { scopes: tokenScopes } : {}),
    ...(tokenExpiresInMinutes ? { tokenExpiresInMinutes } : {}),
    createIfMissing: createOnToken,
    ...(decision === true ? {} : decision),
  };
}
