import { type AcsAuthHandlerOptions, createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "./support/doubles.js";
import { serve } from "./support/serve.js";

const options = { service: scriptedService(), verifier: scriptedVerifier() };

describe("createAcsAuthHandler", () => {
  it.each([
    ["service", { service: {} }],
    ["verifier", { verifier: undefined }],
    ["tokenScopes", { tokenScopes: [] }],
    ["tokenScopes", { tokenScopes: ["phone"] }],
    ["tokenExpiresInMinutes", { tokenExpiresInMinutes: 59 }],
    ["tokenExpiresInMinutes", { tokenExpiresInMinutes: 1441 }],
    ["authorizationUri", { authorizationUri: "sign-in" }],
    ["basePath", { basePath: "v1" }],
    ["basePath", { basePath: "/v1/" }],
    ["basePath", { basePath: "/:id" }],
    ["maxBodyBytes", { maxBodyBytes: 0 }],
    ["maxBodyBytes", { maxBodyBytes: 1.5 }],
    ["rateLimit.points", { rateLimit: { points: 0, durationInSeconds: 1 } }],
    ["rateLimit.durationInSeconds", { rateLimit: { points: 1, durationInSeconds: 0.5 } }],
    ["rateLimit.durationInSeconds", { rateLimit: { points: 1, durationInSeconds: 86_401 } }],
    ["rateLimit.maxUsers", { rateLimit: { points: 1, durationInSeconds: 1, maxUsers: 0 } }],
    ["rateLimit.limiter", { rateLimit: { limiter: {} } }],
    ["cors.origins", { cors: { origins: ["*"] } }],
    ["cors.origins", { cors: { origins: ["https://app.example/"] } }],
    ["cors.origins", { cors: { origins: ["https://*.example"] } }],
    ["cors.origins", { cors: { origins: ["null"] } }],
  ])("names an impossible %s", (name, wrong) => {
    expect(() => createAcsAuthHandler({ ...options, ...wrong } as AcsAuthHandlerOptions)).toThrow(
      new RegExp(`^${name.replace(".", "\\.")} must`),
    );
  });

  it("takes a base path for every route", async () => {
    const handler = createAcsAuthHandler({ ...options, basePath: "/v1/acs" });
    const ask = await serve(toNodeListener(handler));
    expect((await ask("GET", "/v1/acs/api/user")).status).toBe(200);
    expect((await ask("GET", "/api/user")).status).toBe(404);
  });

  it("answers Web-standard requests by itself", async () => {
    const headers = { authorization: "Bearer caller.access.token" };
    const answer = await createAcsAuthHandler(options)(new Request("https://host.example/api/user", { headers }));
    expect(answer.status).toBe(200);
  });
});
