import { setTimeout } from "node:timers/promises";

/** How often one remote step that changes nothing is tried in all. */
const MAX_ATTEMPTS = 3;

const FIRST_DELAY_IN_MS = 200;

/** A `Retry-After` longer than this is for the caller to decide on. */
const LONGEST_WAIT_IN_MS = 2_000;

/** A failure that may pass. */
export interface PassingFailure {
  /** How long the service asked to wait. */
  readonly retryAfterInMs: number | undefined;
}

/** Repeats a step that failed for a passing reason, as soon as the service allows it; gives up where that is not soon. */
export async function withRetries<T>(
  step: () => Promise<T>,
  isPassing: (error: unknown) => error is PassingFailure,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      const delayInMs = isPassing(error) ? retryDelayInMs(error, attempt) : undefined;
      if (delayInMs === undefined) throw error;
      await sleep(delayInMs, signal);
    }
  }
}

/** Rejects with the signal's reason when it aborts. */
export async function sleep(delayInMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(delayInMs, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.reason ?? error;
  }
}

function retryDelayInMs({ retryAfterInMs }: PassingFailure, attempt: number): number | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const delayInMs = retryAfterInMs ?? FIRST_DELAY_IN_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  return delayInMs <= LONGEST_WAIT_IN_MS ? delayInMs : undefined;
}
