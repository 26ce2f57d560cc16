import { createHash } from "node:crypto";
import type { UserKey } from "@acs-auth/core";
import { HttpProblem } from "../errors/http-problem.js";
import { FailOpenLimiter } from "./fail-open-limiter.js";
import { MemoryRateLimiter } from "./memory-rate-limiter.js";
import type { RateLimitOptions } from "./rate-limit-options.js";
import { waitInMs } from "./verdict.js";

/** @throws HttpProblem 429 `rate_limited` for a user who has sent too many requests. */
export type RateLimit = (user: UserKey) => Promise<void>;

export function createRateLimit(options: RateLimitOptions): RateLimit {
  const limiter = "limiter" in options ? new FailOpenLimiter(options.limiter) : new MemoryRateLimiter(options);
  return async (user) => {
    try {
      await limiter.consume(digestOf(user), 1);
    } catch (rejection) {
      const wait = waitInMs(rejection);
      if (wait === undefined) throw rejection;
      throw tooManyRequests(wait);
    }
  };
}

/** Names the user to the limiter's store, which is no place for personal data. */
function digestOf({ tenantId, objectId }: UserKey): string {
  return createHash("sha256")
    .update(JSON.stringify([tenantId, objectId]))
    .digest("base64url");
}

function tooManyRequests(waitInMs: number): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: "rate_limited",
    detail: "The user has sent too many requests.",
    headers: { "retry-after": String(Math.max(1, Math.ceil(waitInMs / 1000))) },
  });
}
