import { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "@acs-auth/core";
import type { GraphAccess } from "../access/graph-access.js";
import type { GraphFailure } from "./graph-failure.js";

const LEAST_PERMISSION = {
  delegated: "delegated User.ReadWrite",
  application: "application User.ReadWrite.All",
} as const;

/** The error for a request to Graph that failed for good. */
export function graphError(failure: GraphFailure, mode: GraphAccess["mode"]): AcsAuthError {
  const { status, code, claims, retryAfterInMs } = failure;
  const error = (errorCode: AcsAuthErrorCode, message: string, options: AcsAuthErrorOptions = {}): AcsAuthError =>
    new AcsAuthError(errorCode, message, {
      cause: failure,
      ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }),
      ...options,
    });

  if (status === 429) return error("throttled", "Microsoft Graph asks to slow down.");
  if (failure.isPassing) return error("store_unavailable", failure.message);
  if (status === 401 && claims !== undefined && mode === "delegated") {
    return error("claims_challenge", "Microsoft Graph asks the user for more before it lets this server in.", {
      claims,
    });
  }
  if (status === 401) {
    return error("store_denied", "Microsoft Graph refused the access token. Check cloud and graphEndpoint.", {
      reason: "token_refused",
    });
  }
  if (status === 403) {
    const message = `Microsoft Graph denied access. The least permission that suffices is the ${LEAST_PERMISSION[mode]}.`;
    return error("store_denied", message, { reason: "permission_missing" });
  }
  if (status === 404 && (code === "ResourceNotFound" || code === "Request_ResourceNotFound")) {
    return error("store_denied", "The directory has no such user, or the user has been deleted.", {
      reason: "user_not_found",
    });
  }
  if (code === undefined) return error("store_unavailable", failure.message);
  return error("store_denied", `Microsoft Graph refused the request with status ${status}, ${code}.`);
}

/** Graph's refusals to create an extension that another attempt would meet again. */
export function limitError(failure: GraphFailure): AcsAuthError | undefined {
  if (failure.says(/Maximum number of extensions/i)) {
    const message =
      "This app registration already has its 2 open extensions on the user, the most that Graph allows. " +
      "Remove one, or use an app registration of its own for the store.";
    return new AcsAuthError("store_denied", message, { cause: failure, reason: "extension_limit" });
  }
  if (failure.says(/Maximum size supported/i)) {
    const message = "The mapping does not fit into the 2 KB of an open extension. Use a shorter mapping key id.";
    return new AcsAuthError("store_denied", message, { cause: failure, reason: "extension_too_large" });
  }
  return undefined;
}
