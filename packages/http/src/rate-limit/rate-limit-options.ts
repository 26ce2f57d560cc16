/** What the handler needs of a limiter; every limiter of `rate-limiter-flexible` fits. */
export interface RateLimiter {
  /**
   * Resolves while the key is within its limit. Rejects beyond it, with an object that has `msBeforeNext`; every other
   * rejection means that the limiter itself failed.
   */
  consume(key: string, points: number): Promise<unknown>;
}

/** How many requests each user may send, counted in the memory of this process. */
export interface InMemoryRateLimit {
  /** Requests of one user in each window. */
  readonly points: number;
  /** The length of a window in seconds, 1 to 86,400. It starts with the user's first request. */
  readonly durationInSeconds: number;
  /** How many users are counted at most; beyond it the one who has been quiet for longest is forgotten. Default: 100,000. */
  readonly maxUsers?: number;
}

/** Limits counted by a limiter of your own, such as `RateLimiterRedis`, which all processes share. */
export interface SharedRateLimit {
  /**
   * Its keys are digests of users. If it fails or takes more than a second, the request is let through and a warning
   * logged.
   */
  readonly limiter: RateLimiter;
}

/** How often a user may ask: counted in this process, or by a limiter that processes share. */
export type RateLimitOptions = InMemoryRateLimit | SharedRateLimit;

const MAX_DURATION_IN_SECONDS = 86_400;

/** @throws TypeError that names the option. */
export function checkRateLimit(options: RateLimitOptions): void {
  if ("limiter" in options) {
    if (typeof options.limiter?.consume !== "function") {
      throw new TypeError("rateLimit.limiter must have a method consume(key, points).");
    }
    return;
  }
  const { points, durationInSeconds, maxUsers = 1 } = options;
  if (!isPositiveInteger(points)) throw new TypeError("rateLimit.points must be a positive whole number.");
  if (!isPositiveInteger(durationInSeconds) || durationInSeconds > MAX_DURATION_IN_SECONDS) {
    throw new TypeError(`rateLimit.durationInSeconds must be a whole number from 1 to ${MAX_DURATION_IN_SECONDS}.`);
  }
  if (!isPositiveInteger(maxUsers)) throw new TypeError("rateLimit.maxUsers must be a positive whole number.");
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
