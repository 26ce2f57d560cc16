import { AcsAuthError } from "@acs-auth/core";
import { createAcsAuthHandler, type HandlerService, type RequestSummary, toNodeListener } from "@acs-auth/http";
import { AzureLogger, setLogLevel } from "@azure/logger";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  CALLER_TOKEN,
  COMMUNICATION_USER_ID,
  caller,
  scriptedService,
  scriptedVerifier,
  TEAMS_TOKEN,
} from "./support/doubles.js";
import { serve } from "./support/serve.js";

const originalLog = AzureLogger.log;
let lines: string[];

beforeEach(() => {
  lines = [];
  AzureLogger.log = (...parts) => lines.push(parts.join(" "));
  setLogLevel("verbose");
});

afterEach(() => {
  setLogLevel(undefined);
  AzureLogger.log = originalLog;
});

async function start(script: Partial<HandlerService> = {}, onResponse?: (summary: RequestSummary) => void) {
  const options = { service: scriptedService(script), verifier: scriptedVerifier() };
  return serve(toNodeListener(createAcsAuthHandler({ ...options, ...(onResponse ? { onResponse } : {}) })));
}

describe("the log", () => {
  it("has one line per request", async () => {
    const ask = await start();
    const headers = { "x-request-id": "request-1" };
    await ask("GET", "/api/user", { headers });
    await ask("GET", "/nope/secret?secret=1", { headers });
    await ask("PUT", "/api/token/", { headers });
    await ask("POST", "/exchange", { headers, body: { accessToken: "a".repeat(70_000) } });
    expect(lines.map((line) => line.replace(/\d+ ms/, "N ms"))).toEqual([
      "azure:acs-auth:http:info GET /api/user 200 - N ms request-1",
      "azure:acs-auth:http:info GET (unknown path) 404 not_found N ms request-1",
      "azure:acs-auth:http:info PUT /api/token 405 method_not_allowed N ms request-1",
      "azure:acs-auth:http:info POST /exchange 413 invalid_request N ms request-1",
    ]);
  });

  it("says where an unexpected error came from and nothing of what it says", async () => {
    const ask = await start({
      getUser: async () => {
        throw new RangeError("secret content\nof two lines");
      },
    });
    await ask("GET", "/api/user", { headers: { "x-request-id": "request-1" } });
    expect(lines[0]).toMatch(/error Unexpected error in request request-1: RangeError\n\s+at .*diagnostics\.test/);
    expect(lines.join("\n")).not.toMatch(/secret|two lines/);
  });

  it("says what a known failure of the server's side was caused by, without its message", async () => {
    const ask = await start({
      getUser: async () => {
        const cause = Object.assign(new RangeError("secret content"), { statusCode: 503 });
        throw new AcsAuthError("store_unavailable", "The store failed.", { cause });
      },
    });
    await ask("GET", "/api/user", { headers: { "x-request-id": "request-1" } });
    expect(lines[0]).toBe(
      "azure:acs-auth:http:warning Request request-1 failed: store_unavailable, caused by RangeError with status 503",
    );
    expect(lines.join("\n")).not.toContain("secret");
  });

  it("never holds a token or an id of a person or identity", async () => {
    const ask = await start({
      deleteUser: async () => {
        throw new AcsAuthError("acs_unavailable", "ACS failed.", { communicationUserId: COMMUNICATION_USER_ID });
      },
    });
    for (const [method, path] of [
      ["GET", "/api/user"],
      ["GET", "/api/token"],
      ["DELETE", "/api/user"],
    ] as const) {
      await ask(method, `${path}?token=${TEAMS_TOKEN}`);
    }
    await ask("GET", "/api/token/teams", { headers: { "teams-user-aad-token": TEAMS_TOKEN } });
    await ask("POST", "/exchange", { body: { accessToken: TEAMS_TOKEN } });
    const output = lines.join("\n");
    expect(lines).toHaveLength(6);
    for (const secret of [
      CALLER_TOKEN,
      TEAMS_TOKEN,
      "acs.token",
      COMMUNICATION_USER_ID,
      caller.objectId,
      caller.tenantId,
    ]) {
      expect(output).not.toContain(secret);
    }
  });
});

describe("onResponse", () => {
  it("receives each answer", async () => {
    const summaries: RequestSummary[] = [];
    const ask = await start({}, (summary) => summaries.push(summary));
    await ask("GET", "/api/token", { headers: { "x-request-id": "request-1" } });
    await ask("GET", "/api/token", { anonymous: true, headers: { "x-request-id": "request-2" } });
    const common = { method: "GET", route: "/api/token", durationInMs: expect.any(Number) };
    expect(summaries).toEqual([
      { ...common, status: 201, code: undefined, requestId: "request-1" },
      { ...common, status: 401, code: "missing_token", requestId: "request-2" },
    ]);
  });

  it("that throws does not spoil the answer", async () => {
    const ask = await start({}, () => {
      throw new Error("secret content");
    });
    expect((await ask("GET", "/api/user")).status).toBe(200);
    expect(lines.join("\n")).toMatch(/onResponse threw in request \S+: Error\n/);
    expect(lines.join("\n")).not.toContain("secret");
  });
});
