import type { IdentityStoreOptions } from "@acs-auth/core";

/**
 * Runs a call with a signal that aborts when the caller's does. The call then rejects with an `AbortError` at once, also
 * where the SDK would first finish waiting.
 */
export async function withAbortSignal<T>(
  { abortSignal }: IdentityStoreOptions,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort();
  if (abortSignal?.aborted) abort();
  else abortSignal?.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([run(signal), rejectionOf(signal)]);
  } finally {
    abortSignal?.removeEventListener("abort", abort);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
