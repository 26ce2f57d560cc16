import type { IdentityStoreOptions } from "@acs-auth/core";

/**
 * Runs a call with a signal that aborts with an `AbortError` when the caller's does, whatever the caller's reason, and
 * lets go of the caller's signal in the end.
 */
export async function withAbortSignal<T>(
  { abortSignal }: IdentityStoreOptions,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (abortSignal?.aborted) abort();
  else abortSignal?.addEventListener("abort", abort);
  try {
    controller.signal.throwIfAborted();
    return await run(controller.signal);
  } finally {
    abortSignal?.removeEventListener("abort", abort);
  }
}

/** Awaits a promise that others wait for too: the signal ends only this wait. */
export async function waitFor<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
