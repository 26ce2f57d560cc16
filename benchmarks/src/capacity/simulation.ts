import type { Demand } from "./arithmetic.js";

export interface SimulationOptions extends Demand {
  /** How long a server keeps what it has fetched for a user. */
  readonly keptInHours: number;
  readonly hours: number;
  /** Chooses the random numbers. */
  readonly seed: number;
}

/** What the servers fetched once they had filled their caches, in the second half of the time. */
export interface SimulationResult {
  readonly fetchesPerSecond: number;
  /** The most fetches in any 30 seconds. */
  readonly mostIn30S: number;
}

const WINDOW_IN_HOURS = 30 / 3_600;

/** Lets every user send requests at random times to random servers, and counts what is not in a server's cache. */
export function simulate(options: SimulationOptions): SimulationResult {
  const { users, requestsPerUserAndHour, servers, keptInHours, hours, seed } = options;
  const random = randomNumbers(seed);
  const windows = new Map<number, number>();
  let fetches = 0;
  for (let user = 0; user < users; user++) {
    const keptUntil = new Array<number>(servers).fill(Number.NEGATIVE_INFINITY);
    // Users who all came first at once would renew in step for days.
    for (let time = (random() * hours) / 2; time < hours; time += pause()) {
      const server = Math.floor(random() * servers);
      if (time < (keptUntil[server] ?? 0)) continue;
      keptUntil[server] = time + keptInHours;
      if (time < hours / 2) continue;
      fetches += 1;
      const window = Math.floor(time / WINDOW_IN_HOURS);
      windows.set(window, (windows.get(window) ?? 0) + 1);
    }
  }
  return {
    fetchesPerSecond: fetches / (hours / 2) / 3_600,
    mostIn30S: [...windows.values()].reduce((most, count) => Math.max(most, count), 0),
  };

  function pause(): number {
    return -Math.log(1 - random()) / requestsPerUserAndHour;
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
