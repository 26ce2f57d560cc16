import { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "../errors/acs-auth-error.js";
import { type ReadableHeaders, retryAfterInMs } from "../errors/retry-after.js";
import { safeCause } from "../errors/safe-cause.js";

/** A failed request to ACS: the error for the caller, and what the service needs to decide what to do next. */
export interface AcsFailure {
  readonly error: AcsAuthError;
  /** False only where it is certain that ACS did not carry the request out. */
  readonly mayHaveBeenApplied: boolean;
  /** The request ran into its timeout: a repetition would add to the load and, for a creation, to the doubt. */
  readonly timedOut: boolean;
}

/** What the SDKs' `RestError` looks like; read by shape so that any version and any wrapper fits. */
interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly details?: { readonly error?: { readonly target?: string } };
  readonly response?: { readonly headers?: ReadableHeaders };
}

/** Failures of which it is known that no connection was made. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

/** How `@azure/identity` names the failure to get a token, which comes before any request to ACS. */
const CREDENTIAL_ERRORS = new Set([
  "AuthenticationError",
  "AggregateAuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
]);

/** Reads the error of an SDK call to ACS. */
export function toAcsFailure(thrown: unknown): AcsFailure {
  const { name, code, statusCode, details, response }: ServiceError = thrown instanceof Error ? thrown : {};
  const retryAfter = retryAfterInMs(response?.headers);
  const fail = (
    errorCode: AcsAuthErrorCode,
    message: string,
    mayHaveBeenApplied = false,
    options: AcsAuthErrorOptions = {},
  ): AcsFailure => ({
    error: new AcsAuthError(errorCode, message, {
      cause: safeCause(thrown),
      ...(retryAfter === undefined ? {} : { retryAfterInMs: retryAfter }),
      ...options,
    }),
    mayHaveBeenApplied,
    timedOut: name === "AbortError",
  });

  if (statusCode === 401 && code === "IdentityNotOwned") {
    return fail("identity_not_owned", "ACS does not know the mapped identity as one of its own.");
  }
  if (statusCode === 401 && code === "InvalidAccessToken") {
    return fail("invalid_teams_token", "ACS refused the Teams user's access token.", false, {
      reason: "rejected_by_acs",
    });
  }
  if (statusCode === 400 && details?.error?.target?.toLowerCase() === "userid") {
    return fail("invalid_teams_token", "The Teams token was issued to another user than the caller.", false, {
      reason: "user_mismatch",
    });
  }
  if (statusCode === 400 && details?.error?.target?.toLowerCase() === "appid") {
    return fail("invalid_teams_token", "The Teams token was issued to another application than this one.", false, {
      reason: "client_mismatch",
    });
  }
  if (statusCode === 401 || statusCode === 403) {
    return fail(
      "acs_denied",
      "ACS refused this server's credentials. Check the access key or the role assignment, and this server's clock.",
    );
  }
  if (statusCode === 429) return fail("throttled", "ACS asks to slow down.");
  if (statusCode === 408 || (statusCode !== undefined && statusCode >= 500)) {
    return fail("acs_unavailable", `ACS failed with status ${statusCode}.`, true);
  }
  if (statusCode !== undefined && statusCode >= 400) {
    return fail("acs_rejected", `ACS rejected the request with status ${statusCode}.`);
  }
  if (statusCode !== undefined) return fail("acs_rejected", "ACS gave an answer that could not be read.", true);
  if (name !== undefined && CREDENTIAL_ERRORS.has(name)) {
    return fail("acs_denied", "The credential for ACS gave no token. Check its configuration.");
  }
  if (name === "AbortError") return fail("acs_unavailable", "ACS did not answer in time.", true);
  return fail("acs_unavailable", "ACS could not be reached.", !(code !== undefined && NOT_CONNECTED.has(code)));
}
