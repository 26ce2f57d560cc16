import { setTimeout } from "node:timers/promises";
import { AcsAuthError } from "@acs-auth/core";

/** Failures that may pass: of a store, and of the identity provider that stands before it. */
const PASSING = ["store_unavailable", "throttled", "provider_unavailable", "timeout"] as const;

const FIRST_DELAY_IN_MS = 500;
const LONGEST_DELAY_IN_MS = 30_000;

/**
 * Repeats a request as long as it fails for a reason that may pass and the time is not up. Waits as long as the service
 * asks to, or twice as long each time.
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  maxDurationInMs: number,
  signal: AbortSignal,
): Promise<T> {
  const endsAt = performance.now() + maxDurationInMs;
  for (let delayInMs = FIRST_DELAY_IN_MS; ; delayInMs = Math.min(2 * delayInMs, LONGEST_DELAY_IN_MS)) {
    try {
      return await request();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const waitInMs = error.retryAfterInMs ?? delayInMs * (0.5 + Math.random() / 2);
      if (performance.now() + waitInMs > endsAt) throw error;
      await setTimeout(waitInMs, undefined, { signal });
    }
  }
}

function isPassing(error: unknown): error is AcsAuthError {
  return PASSING.some((code) => AcsAuthError.is(error, code));
}
