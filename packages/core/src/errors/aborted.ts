import type { AbortSignalLike } from "@azure/abort-controller";
import { AbortError } from "@azure/abort-controller";
import { AcsAuthError } from "./acs-auth-error.js";

/** The error for a caller whose `abortSignal` fired; its cause is the `AbortError` of the Azure SDKs. */
export function aborted(): AcsAuthError {
  const message = "The call was aborted by its abortSignal.";
  return new AcsAuthError("aborted", message, { cause: new AbortError(message) });
}

/** @throws AcsAuthError `aborted` if the signal has fired. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw aborted();
}
