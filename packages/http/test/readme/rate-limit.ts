import { type AcsAuthHandler, type AcsAuthHandlerOptions, createAcsAuthHandler } from "@acs-auth/http";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";

/** 30 requests a minute for each user, counted in Redis; in memory while Redis is down. */
export function createHandler(options: AcsAuthHandlerOptions, redis: unknown): AcsAuthHandler {
  const limit = { points: 30, duration: 60 };
  const insuranceLimiter = new RateLimiterMemory(limit);
  const limiter = new RateLimiterRedis({ ...limit, storeClient: redis, insuranceLimiter });
  return createAcsAuthHandler({ ...options, rateLimit: { limiter } });
}
