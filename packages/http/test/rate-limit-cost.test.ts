import { afterAll, expect, it, vi } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "./support/doubles.js";

let loads = 0;
vi.doMock("rate-limiter-flexible", (importOriginal) => {
  loads += 1;
  return importOriginal();
});
vi.resetModules();
afterAll(() => {
  vi.doUnmock("rate-limiter-flexible");
  vi.resetModules();
});

it("a handler without a limit does not load the rate limiter", async () => {
  const { createAcsAuthHandler } = await import("@acs-auth/http");
  const options = { service: scriptedService(), verifier: scriptedVerifier() };
  const headers = { authorization: `Bearer ${CALLER_TOKEN}` };
  const request = () => new Request("https://api.example/api/user", { headers });
  await createAcsAuthHandler(options)(request());
  expect(loads).toBe(0);
  await createAcsAuthHandler({ ...options, rateLimit: { points: 1, durationInSeconds: 1 } })(request());
  expect(loads).toBe(1);
});
