import type { Deadline } from "./deadline.js";

/** How often one remote step is tried in all. */
export const MAX_ATTEMPTS = 3;

const FIRST_DELAY_IN_MS = 200;

/**
 * How long to wait before the next attempt, in milliseconds, or `undefined` if there is to be none: too many attempts,
 * or a wait that the call's time budget does not allow.
 */
export function retryDelayInMs(
  attempt: number,
  askedForInMs: number | undefined,
  deadline: Deadline,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const delayInMs = askedForInMs ?? FIRST_DELAY_IN_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  return delayInMs < deadline.remainingInMs ? delayInMs : undefined;
}
