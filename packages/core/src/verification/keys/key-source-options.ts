import { checkNumber } from "../option-checks.js";

/** How signing keys are fetched and kept. */
export interface KeySourceOptions {
  /**
   * How long keys are used without hearing from the key server, in milliseconds. Default 24 hours. Older keys are
   * fetched anew before they are used; only while the key server is down are they used still.
   */
  readonly cacheInMs?: number;
  /**
   * The age from which the use of keys starts a refresh in the background, in milliseconds. Default 1 hour, as Entra
   * recommends: it publishes a key long before it signs with it, so that a planned rollover is never noticed.
   */
  readonly refreshInMs?: number;
  /**
   * The least time between two fetches caused by unknown key ids, however many there are and whether or not the fetch
   * succeeds, in milliseconds. Default 10 seconds. The first fetch and the background refresh do not count, so that
   * unknown key ids cannot hold them up.
   *
   * Anybody can send unknown key ids. What the cool-down leaves them is to bring forward a fetch, at most 6 times a
   * minute, and to delay one: a token signed with a key published less than one cool-down ago (an emergency rollover
   * without notice) may be refused until the cool-down ends. Entra's recommendation of 5 minutes would let one bad token
   * every 5 minutes lock all users out for that long after such a rollover.
   */
  readonly cooldownInMs?: number;
  /** The time for fetching metadata and keys together, in milliseconds. Default 5 seconds. */
  readonly timeoutInMs?: number;
  /** Takes the place of the global `fetch`, for instance to go through a proxy. It must honour `signal` and `redirect`. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface KeySourceSettings {
  readonly cacheInMs: number;
  readonly refreshInMs: number;
  readonly cooldownInMs: number;
  readonly timeoutInMs: number;
  readonly fetch: typeof globalThis.fetch;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** @throws TypeError naming the option that is out of range. */
export function keySourceSettings(options: KeySourceOptions = {}): KeySourceSettings {
  const cacheInMs = checkNumber(options.cacheInMs ?? DAY, "keys.cacheInMs", 0, 7 * DAY);
  const { fetch = globalThis.fetch } = options;
  if (typeof fetch !== "function") throw new TypeError("keys.fetch must be a function.");
  return {
    cacheInMs,
    refreshInMs: checkNumber(options.refreshInMs ?? Math.min(HOUR, cacheInMs), "keys.refreshInMs", 0, cacheInMs),
    cooldownInMs: checkNumber(options.cooldownInMs ?? 10 * SECOND, "keys.cooldownInMs", 0, HOUR),
    timeoutInMs: checkNumber(options.timeoutInMs ?? 5 * SECOND, "keys.timeoutInMs", 1, 60 * SECOND),
    fetch,
  };
}
