import { throwIfAborted, untilAborted } from "./errors/aborted.js";
import { AcsAuthError } from "./errors/acs-auth-error.js";

/** What an access token is asked for with. */
export interface AccessTokenRequest {
  /**
   * The claims of the server's challenge, as JSON text: pass them to the sign-in (`claims` of MSAL), which may have to
   * ask the user for more, such as a second factor.
   */
  readonly claims?: string;
  /** Whether a cached token will not do: the server refused the last one, or its lifetime is about to end. */
  readonly forceRefresh: boolean;
  /** Fires when nobody waits for the token any more. */
  readonly abortSignal: AbortSignal;
}

/**
 * Gets an access token, from a cache where it may.
 *
 * A failure becomes `sign_in_failed`, which a credential tries again by itself. It becomes `interaction_required`, which
 * waits for the user, if its name is `InteractionRequiredAuthError` (MSAL) or `AuthenticationRequiredError`
 * (`@azure/identity`), or if it is an `AcsAuthError` with that code.
 */
export type GetAccessToken = (request: AccessTokenRequest) => string | Promise<string>;

/** What access tokens, JSON Web Tokens and opaque ones alike, consist of: `b64token` of RFC 6750 §2.1. */
const TOKEN = /^[\w.~+/-]+=*$/;

/** The errors by which MSAL and `@azure/identity` say that nothing goes on without the user. */
const INTERACTION_REQUIRED = ["InteractionRequiredAuthError", "AuthenticationRequiredError"];

/** @throws AcsAuthError `sign_in_failed`, `interaction_required` or `aborted`. */
export async function signIn(getToken: GetAccessToken, request: AccessTokenRequest): Promise<string> {
  const token: unknown = await untilAborted(ask(getToken, request), request.abortSignal);
  if (isToken(token)) return token;
  throw new AcsAuthError("sign_in_failed", "The sign-in gave no access token.");
}

export function isToken(value: unknown): value is string {
  return typeof value === "string" && TOKEN.test(value);
}

async function ask(getToken: GetAccessToken, request: AccessTokenRequest): Promise<unknown> {
  throwIfAborted(request.abortSignal);
  try {
    return await getToken(request);
  } catch (cause) {
    if (needsUser(cause)) {
      throw new AcsAuthError("interaction_required", "The user has to sign in again.", { cause });
    }
    throw new AcsAuthError("sign_in_failed", "The sign-in failed.", { cause });
  }
}

function needsUser(error: unknown): boolean {
  if (AcsAuthError.is(error, "interaction_required")) return true;
  return error instanceof Error && INTERACTION_REQUIRED.includes(error.name);
}
