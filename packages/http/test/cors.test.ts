import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "./support/doubles.js";
import { serve } from "./support/serve.js";

const ORIGIN = "https://app.example";
const PREFLIGHT = {
  "access-control-request-method": "GET",
  "access-control-request-headers": "authorization,teams-user-aad-token",
};

const start = (origins?: readonly string[]) => {
  const options = { service: scriptedService(), verifier: scriptedVerifier() };
  return serve(toNodeListener(createAcsAuthHandler({ ...options, ...(origins ? { cors: { origins } } : {}) })));
};

describe("CORS", () => {
  it("is closed by default", async () => {
    const ask = await start();
    for (const method of ["GET", "OPTIONS"]) {
      const { headers } = await ask(method, "/api/user", { headers: { origin: ORIGIN, ...PREFLIGHT } });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("lets a listed origin ask with both headers", async () => {
    const ask = await start(["http://localhost:3000", ORIGIN]);
    const answer = await ask("OPTIONS", "/api/token/teams", {
      anonymous: true,
      headers: { origin: ORIGIN, ...PREFLIGHT },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers["access-control-allow-origin"]).toBe(ORIGIN);
    expect(answer.headers["access-control-allow-methods"]).toBe("GET,POST");
    expect(answer.headers["access-control-allow-headers"]?.toLowerCase().split(",")).toEqual([
      "authorization",
      "content-type",
      "teams-user-aad-token",
    ]);
    expect(answer.headers["access-control-max-age"]).toBe("600");
    expect(answer.headers["vary"]).toContain("Origin");
  });

  it("lets a listed origin read answers and errors with their headers", async () => {
    const ask = await start([ORIGIN]);
    for (const anonymous of [false, true]) {
      const { headers } = await ask("GET", "/api/user", { anonymous, headers: { origin: ORIGIN } });
      expect(headers["access-control-allow-origin"]).toBe(ORIGIN);
      expect(headers["access-control-expose-headers"]).toMatch(/WWW-Authenticate.*Retry-After/);
      expect(headers["access-control-allow-credentials"]).toBeUndefined();
      expect(headers["vary"]).toContain("Origin");
    }
  });

  it.each([
    "https://other.example",
    `${ORIGIN}.evil.example`,
    "https://APP.example",
    `${ORIGIN}:8443`,
    "http://app.example",
    "null",
    "",
  ])("keeps out %j", async (origin) => {
    const ask = await start([ORIGIN]);
    for (const method of ["GET", "OPTIONS"]) {
      const { headers } = await ask(method, "/api/user", { headers: { origin, ...PREFLIGHT } });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it("does not open unknown paths", async () => {
    const ask = await start([ORIGIN]);
    const answer = await ask("OPTIONS", "/nope", { headers: { origin: ORIGIN, ...PREFLIGHT } });
    expect(answer.status).toBe(404);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });
});
