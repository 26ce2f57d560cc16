import { setTimeout } from "node:timers/promises";

/** Starts all at one moment and waits for all, also where some reject; then rejects as the first of those did. */
export async function together<T>(runs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(runs.map((run) => run()));
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** The same, started one after the other with a pause between, in milliseconds, without waiting for each other. */
export async function staggered<T>(pauseInMs: number, runs: readonly (() => Promise<T>)[]): Promise<T[]> {
  return together(runs.map((run, index) => () => setTimeout(index * pauseInMs).then(run)));
}

/** Every item so many times, in turns. */
export function times<T>(count: number, items: readonly T[]): T[] {
  return Array.from({ length: count }, () => items).flat();
}
