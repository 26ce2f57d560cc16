import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, vi } from "vitest";

/** Runs the tests of a file with timers and a clock of their own; sockets work as ever. */
export function useClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

export const minutes = (count: number) => count * 60_000;

/** Lets time pass for the clock alone: no timer fires, as on a machine that sleeps. */
export function sleepOf(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

/** Gives whatever is on its way through sockets the time to arrive. */
export async function quiet(): Promise<void> {
  await delay(150);
}
