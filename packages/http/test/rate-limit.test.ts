import type { AuthenticatedUser } from "@acs-auth/core";
import {
  type AcsAuthHandlerOptions,
  createAcsAuthHandler,
  type RateLimitOptions,
  toNodeListener,
} from "@acs-auth/http";
import { AzureLogger, setLogLevel } from "@azure/logger";
import { RateLimiterMemory, RateLimiterUnion } from "rate-limiter-flexible";
import { describe, expect, it, onTestFinished } from "vitest";
import { caller, scriptedService } from "./support/doubles.js";
import { serve } from "./support/serve.js";

/** Accepts any token and takes it for the user's object id. */
const verifier = {
  verify: async (token: string): Promise<AuthenticatedUser> => ({ ...caller, objectId: token, accessToken: token }),
};

async function start(rateLimit: RateLimitOptions, options: Partial<AcsAuthHandlerOptions> = {}) {
  const service = scriptedService();
  const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier, rateLimit, ...options })));
  const askAs = (user: string, method = "GET", path = "/api/user") =>
    ask(method, path, { headers: { authorization: `Bearer ${user}` } });
  return { service, ask, askAs };
}

/** A limiter of the application's own. */
const limiterOf = (consume: (key: string, points: number) => Promise<unknown>) => ({ limiter: { consume } });

function collectLog(): string[] {
  const lines: string[] = [];
  const originalLog = AzureLogger.log;
  AzureLogger.log = (...parts) => lines.push(parts.join(" "));
  setLogLevel("warning");
  onTestFinished(() => {
    setLogLevel(undefined);
    AzureLogger.log = originalLog;
  });
  return lines;
}

describe("a rate limit", () => {
  it("answers 429 with Retry-After beyond it, and asks nothing of the service", async () => {
    const { askAs, service } = await start({ points: 2, durationInSeconds: 60 });
    expect((await askAs("a")).status).toBe(200);
    expect((await askAs("a", "GET", "/api/token")).status).toBe(201);
    const refused = await askAs("a", "POST", "/api/token");
    expect(refused.problem()).toMatchObject({ status: 429, title: "Too Many Requests", code: "rate_limited" });
    const seconds = Number(refused.headers["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers["cache-control"]).toBe("no-store");
    expect(service.calls).toHaveLength(2);
  });

  it("is each user's own", async () => {
    const { askAs } = await start({ points: 1, durationInSeconds: 60 });
    expect((await askAs("a")).status).toBe(200);
    expect((await askAs("b")).status).toBe(200);
    expect((await askAs("a")).status).toBe(429);
  });

  it("ends with its window", async () => {
    const { askAs } = await start({ points: 1, durationInSeconds: 1 });
    await askAs("a");
    await expect.poll(async () => (await askAs("a")).status, { interval: 200, timeout: 10_000 }).toBe(200);
  });

  it("counts nobody who is not verified", async () => {
    const consumed: string[] = [];
    const limit = limiterOf(async (key) => consumed.push(key));
    const { ask } = await start(limit);
    expect((await ask("GET", "/api/user", { anonymous: true })).status).toBe(401);
    expect((await ask("GET", "/nope")).status).toBe(404);
    expect((await ask("PUT", "/api/user")).status).toBe(405);
    expect(consumed).toEqual([]);
  });

  it("comes before the body and the authorize hook", async () => {
    const authorized: string[] = [];
    const authorize = (user: AuthenticatedUser) => authorized.push(user.objectId) > 0;
    const { ask, askAs } = await start({ points: 1, durationInSeconds: 60 }, { authorize });
    await askAs("a");
    const headers = { authorization: "Bearer a" };
    expect((await ask("POST", "/api/token", { headers, body: { wrong: true } })).status).toBe(429);
    expect(authorized).toEqual(["a"]);
  });

  it("remembers no more users than it may, and forgets the quietest first", async () => {
    const { askAs } = await start({ points: 1, durationInSeconds: 60, maxUsers: 2 });
    await askAs("a");
    await askAs("b");
    expect((await askAs("a")).status).toBe(429);
    await askAs("c");
    expect((await askAs("a")).status).toBe(429);
    expect((await askAs("b")).status).toBe(200);
  });

  it("is off unless asked for", async () => {
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service: scriptedService(), verifier })));
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask("GET", "/api/user")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe("a limiter of the application's own", () => {
  it("is shared by every handler that is given it", async () => {
    const limiter = new RateLimiterMemory({ points: 1, duration: 60 });
    const [one, other] = [await start({ limiter }), await start({ limiter })];
    expect((await one.askAs("a")).status).toBe(200);
    expect((await other.askAs("a")).status).toBe(429);
  });

  it("may be a union", async () => {
    const hour = new RateLimiterMemory({ keyPrefix: "hour", points: 1, duration: 3_600 });
    const second = new RateLimiterMemory({ keyPrefix: "second", points: 1, duration: 1 });
    const limiter = new RateLimiterUnion(second, hour);
    const { askAs } = await start({ limiter });
    await askAs("a");
    const refused = await askAs("a");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60);
  });

  it("is told nothing of a user but a digest", async () => {
    const consumed: unknown[][] = [];
    const { askAs } = await start(limiterOf(async (...parameters) => consumed.push(parameters)));
    await askAs("some-one");
    await askAs("some-one", "GET", "/api/token");
    expect(consumed).toEqual([
      [expect.stringMatching(/^[\w-]{43}$/), 1],
      [consumed[0]?.[0], 1],
    ]);
  });

  it.each([
    ["rejects", async () => Promise.reject(new Error("connect redis://secret"))],
    [
      "throws",
      () => {
        throw new Error("connect redis://secret");
      },
    ],
    ["rejects with a text", () => Promise.reject("connect redis://secret")],
    ["never answers", () => new Promise<never>(() => {})],
  ])("that %s lets requests through with a warning", async (_how, consume) => {
    const lines = collectLog();
    const { askAs } = await start(limiterOf(consume));
    expect((await askAs("a")).status).toBe(200);
    expect(lines).toEqual([expect.stringMatching(/warning The rate limiter failed, so the request is not limited/)]);
    expect(lines.join()).not.toContain("secret");
  });
});
