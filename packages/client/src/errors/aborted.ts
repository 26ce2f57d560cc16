import type { AbortSignalLike } from "@azure/abort-controller";
import { AcsAuthError } from "./acs-auth-error.js";

/** The error for a caller whose `abortSignal` fired; its cause is an `AbortError`. */
export function aborted(): AcsAuthError {
  const message = "The call was aborted by its abortSignal.";
  return new AcsAuthError("aborted", message, { cause: new DOMException(message, "AbortError") });
}

/** @throws AcsAuthError `aborted` if the signal has fired. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw aborted();
}

/** Awaits a promise until the signal fires; the promise itself goes on. */
export async function untilAborted<T>(promise: Promise<T>, abortSignal: AbortSignalLike | undefined): Promise<T> {
  if (!abortSignal) return promise;
  let onAbort: () => void = () => {};
  const abortedFirst = new Promise<never>((_, reject) => {
    onAbort = () => reject(aborted());
    abortSignal.addEventListener("abort", onAbort);
    if (abortSignal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, abortedFirst]);
  } finally {
    abortSignal.removeEventListener("abort", onAbort);
  }
}

/** Runs with a standard signal that follows one of the Azure SDKs' kind. */
export async function withAbortSignal<T>(
  followed: AbortSignalLike | undefined,
  run: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  followed?.addEventListener("abort", abort);
  if (followed?.aborted) abort();
  try {
    return await run(controller.signal);
  } finally {
    followed?.removeEventListener("abort", abort);
  }
}
