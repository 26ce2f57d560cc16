import { createRequire } from "node:module";
import { createAcsAuthHandler } from "@acs-auth/http";
import { expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "./support/doubles.js";

const { cache } = createRequire(import.meta.url);
const isLoaded = () => Object.keys(cache).some((path) => path.includes("rate-limiter-flexible"));

it("a handler without a limit does not load the rate limiter", async () => {
  const options = { service: scriptedService(), verifier: scriptedVerifier() };
  const headers = { authorization: `Bearer ${CALLER_TOKEN}` };
  const request = () => new Request("https://api.example/api/user", { headers });
  await createAcsAuthHandler(options)(request());
  expect(isLoaded()).toBe(false);
  await createAcsAuthHandler({ ...options, rateLimit: { points: 1, durationInSeconds: 1 } })(request());
  expect(isLoaded()).toBe(true);
});
