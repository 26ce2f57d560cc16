import { setTimeout as delay } from "node:timers/promises";
import { describeError, logger } from "../diagnostics.js";
import type { RateLimiter } from "./rate-limit-options.js";
import { waitInMs } from "./verdict.js";

const PATIENCE_IN_MS = 1_000;

/**
 * Lets requests through while the limiter's store is down: who calls is verified all the same, and an outage of the
 * store would otherwise lock everybody out.
 */
export class FailOpenLimiter implements RateLimiter {
  readonly #limiter: RateLimiter;

  constructor(limiter: RateLimiter) {
    this.#limiter = limiter;
  }

  async consume(key: string, points: number): Promise<unknown> {
    const answered = new AbortController();
    try {
      return await Promise.race([this.#limiter.consume(key, points), noAnswer(answered.signal)]);
    } catch (rejection) {
      if (waitInMs(rejection) !== undefined) throw rejection;
      logger.warning(`The rate limiter failed, so the request is not limited: ${describeError(rejection)}`);
      return undefined;
    } finally {
      answered.abort();
    }
  }
}

async function noAnswer(signal: AbortSignal): Promise<never> {
  await delay(PATIENCE_IN_MS, undefined, { signal });
  throw new RateLimiterTimeout();
}

class RateLimiterTimeout extends Error {}
