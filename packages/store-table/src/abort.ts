import type { IdentityStoreOptions } from "@acs-auth/core";

/** The Azure SDKs' shape of an `AbortSignal`. */
export type AbortSignalLike = NonNullable<IdentityStoreOptions["abortSignal"]>;

/**
 * Runs a step with a signal that fires with the parent's or when the time is up, and stops waiting for the step then,
 * whether or not it listens. Lets go of the parent in the end.
 */
export async function untilAborted<T>(
  parent: AbortSignalLike | undefined,
  timeoutInMs: number | undefined,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, abort } = newAbort();
  const timer = timeoutInMs === undefined ? undefined : setTimeout(abort, timeoutInMs);
  parent?.addEventListener("abort", abort);
  if (parent?.aborted) abort();
  try {
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    return await Promise.race([step(signal), aborted]);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener("abort", abort);
  }
}

export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw new DOMException("The call was aborted by its abortSignal.", "AbortError");
}

function newAbort(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
