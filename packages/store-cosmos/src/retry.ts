import { setTimeout } from "node:timers/promises";
import { CosmosFailure } from "./cosmos-failure.js";

const FIRST_DELAY_IN_MS = 100;

/** A longer `Retry-After` is for the caller to decide on. */
const LONGEST_WAIT_IN_MS = 2_000;

/**
 * Sends a request, and again where it failed for a passing reason and the service allows it soon. `mayRepeat` can
 * restrict that further.
 *
 * @throws CosmosFailure if no attempt got a result; the signal's reason if it aborted.
 */
export async function withRetries<T>(
  send: () => Promise<T>,
  maxAttempts: number,
  signal?: AbortSignal,
  mayRepeat: (failure: CosmosFailure) => boolean = () => true,
): Promise<T> {
  let earlierMayBeApplied = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      signal?.throwIfAborted();
      const failure = CosmosFailure.of(error, earlierMayBeApplied);
      const delayInMs = failure.retryAfterInMs ?? backoffInMs(attempt);
      const isLast = attempt >= maxAttempts || !failure.isPassing || !mayRepeat(failure);
      if (isLast || delayInMs > LONGEST_WAIT_IN_MS) throw failure;
      earlierMayBeApplied = failure.mayBeApplied;
      await sleep(delayInMs, signal);
    }
  }
}

/** Waits before looking again at what others were faster at, or is in doubt. Rejects with the signal's reason. */
export async function backOff(round: number, signal: AbortSignal): Promise<void> {
  await sleep(backoffInMs(round), signal);
}

function backoffInMs(attempt: number): number {
  return FIRST_DELAY_IN_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

async function sleep(delayInMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(delayInMs, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.reason ?? error;
  }
}
