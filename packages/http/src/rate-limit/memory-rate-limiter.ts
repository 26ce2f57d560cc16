import type { RateLimiterMemory } from "rate-limiter-flexible";
import type { InMemoryRateLimit, RateLimiter } from "./rate-limit-options.js";

const DEFAULT_MAX_USERS = 100_000;

/** Counts in memory, a bounded number of users. Loads the library when it is first asked. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #settings: InMemoryRateLimit;
  /** Those who are counted, the quietest first. */
  readonly #keys = new Set<string>();
  #limiter: Promise<RateLimiterMemory> | undefined;

  constructor(settings: InMemoryRateLimit) {
    this.#settings = settings;
  }

  async consume(key: string, points: number): Promise<unknown> {
    this.#limiter ??= createLimiter(this.#settings);
    const limiter = await this.#limiter;
    const { maxUsers = DEFAULT_MAX_USERS } = this.#settings;
    this.#keys.delete(key);
    this.#keys.add(key);
    const [quietest] = this.#keys;
    if (this.#keys.size > maxUsers && quietest !== undefined) {
      this.#keys.delete(quietest);
      await limiter.delete(quietest);
    }
    return limiter.consume(key, points);
  }
}

async function createLimiter({ points, durationInSeconds }: InMemoryRateLimit): Promise<RateLimiterMemory> {
  const { RateLimiterMemory } = await import("rate-limiter-flexible");
  return new RateLimiterMemory({ points, duration: durationInSeconds });
}
