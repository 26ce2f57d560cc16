import { createAcsAuthHandler, toExpress } from "@acs-auth/http";
import express from "express";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier, TEAMS_TOKEN } from "./support/doubles.js";
import { adapters, serve } from "./support/serve.js";

const json = { "content-type": "application/json" };
const chunked = { ...json, "transfer-encoding": "chunked" };

describe.each(Object.entries(adapters))("%s: a body", (_name, adapt) => {
  const start = async (maxBodyBytes?: number) => {
    const service = scriptedService();
    const options = {
      service,
      verifier: scriptedVerifier(),
      tokenScopes: ["chat"],
      tokenExpiresInMinutes: 120,
    } as const;
    const handler = createAcsAuthHandler({ ...options, ...(maxBodyBytes ? { maxBodyBytes } : {}) });
    return { service, ask: await serve(adapt(handler)) };
  };

  it.each([
    ["/api/token", { scope: ["chat"] }, "body"],
    ["/api/token", { scopes: "chat" }, "scopes"],
    ["/api/token", { scopes: [] }, "scopes"],
    ["/api/token", { scopes: ["chat", "phone"] }, "scopes"],
    ["/api/token", { scopes: [["chat"]] }, "scopes"],
    ["/api/token", { scopes: { 0: "chat", length: 1 } }, "scopes"],
    ["/api/token", { scopes: null }, "scopes"],
    ["/api/token", { expiresInMinutes: 59 }, "expiresInMinutes"],
    ["/api/token", { expiresInMinutes: 1441 }, "expiresInMinutes"],
    ["/api/token", { expiresInMinutes: 60.5 }, "expiresInMinutes"],
    ["/api/token", { expiresInMinutes: "60" }, "expiresInMinutes"],
    ["/api/token", { expiresInMinutes: 0 }, "expiresInMinutes"],
    ["/api/token", { expiresInMinutes: null }, "expiresInMinutes"],
    ["/api/token", { createIfMissing: true }, "body"],
    ["/api/token", [], "body"],
    ["/exchange", {}, "accessToken"],
    ["/exchange", { accessToken: "" }, "accessToken"],
    ["/exchange", { accessToken: 1 }, "accessToken"],
    ["/exchange", { accessToken: { a: 1 } }, "accessToken"],
    ["/exchange", { accessToken: "two tokens" }, "accessToken"],
    ["/exchange", { accessToken: "a\r\nb" }, "accessToken"],
    ["/exchange", { accessToken: TEAMS_TOKEN, userObjectId: "x" }, "body"],
    ["/api/token/teams", {}, "accessToken"],
  ])("POST %s %j is refused for its %s", async (path, body, reason) => {
    const { ask, service } = await start();
    expect((await ask("POST", path, { body })).problem()).toMatchObject({
      status: 400,
      code: "invalid_request",
      reason,
    });
    expect(service.calls).toEqual([]);
  });

  it("may not pollute a prototype", async () => {
    const { ask } = await start();
    const answer = await ask("POST", "/api/token", { body: '{"__proto__":{"scopes":["voip"]}}', headers: json });
    expect(answer.problem()).toMatchObject({ status: 400, reason: "body" });
  });

  it.each(["", "text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", "text/json"])(
    "of content type %j is refused with 415",
    async (contentType) => {
      const { ask, service } = await start();
      const headers = contentType === "" ? {} : { "content-type": contentType };
      const answer = await ask("POST", "/exchange", { body: JSON.stringify({ accessToken: TEAMS_TOKEN }), headers });
      expect(answer.problem()).toMatchObject({ status: 415, code: "invalid_request", reason: "content-type" });
      expect(service.calls).toEqual([]);
    },
  );

  it.each(["application/json; charset=utf-8", "Application/JSON", "application/json ;charset=utf-8"])(
    "of content type %j is read",
    async (contentType) => {
      const { ask } = await start();
      const body = JSON.stringify({ accessToken: TEAMS_TOKEN });
      expect((await ask("POST", "/exchange", { body, headers: { "content-type": contentType } })).status).toBe(200);
    },
  );

  it("sent in chunks is read", async () => {
    const { ask, service } = await start();
    const body = JSON.stringify({ accessToken: TEAMS_TOKEN });
    expect((await ask("POST", "/exchange", { body, headers: chunked })).status).toBe(200);
    expect(service.calls).toEqual([{ method: "exchangeTeamsToken", options: { teamsUserAadToken: TEAMS_TOKEN } }]);
  });

  it("that is missing is refused where a token is needed", async () => {
    const { ask } = await start();
    expect((await ask("POST", "/exchange")).problem()).toMatchObject({ status: 400, reason: "accessToken" });
  });

  it("is not looked at before the access token", async () => {
    const { ask } = await start();
    expect((await ask("POST", "/exchange", { body: {}, anonymous: true })).status).toBe(401);
  });

  it("is ignored where there is nothing to say", async () => {
    const { ask } = await start();
    expect((await ask("POST", "/api/user", { body: { any: "thing" } })).status).toBe(201);
  });

  it("is not needed for an answer to a GET that has one", async () => {
    const { ask } = await start();
    expect((await ask("GET", "/api/user", { body: { any: "thing" } })).status).toBe(200);
  });
});

describe("with node:http", () => {
  const start = (maxBodyBytes?: number) => {
    const options = { service: scriptedService(), verifier: scriptedVerifier() };
    const handler = createAcsAuthHandler({ ...options, ...(maxBodyBytes ? { maxBodyBytes } : {}) });
    return serve(adapters["node:http"]?.(handler) ?? (() => {}));
  };

  it.each(["{", "nul", '{"accessToken":}', "\u0000"])("bad JSON %j is refused", async (body) => {
    const ask = await start();
    const answer = await ask("POST", "/exchange", { body, headers: json });
    expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_request", reason: "body" });
  });

  it.each(['"text"', "1", "null", "true"])("JSON that is no object, %s, is refused", async (body) => {
    const ask = await start();
    expect((await ask("POST", "/exchange", { body, headers: json })).problem()).toMatchObject({
      status: 400,
      reason: "body",
    });
  });

  it.each([
    ["with its length", json],
    ["in chunks", chunked],
  ])("a body of 64 KiB is read and one byte more refused, sent %s", async (_name, headers) => {
    const ask = await start();
    const bodyOf = (length: number) => `{"accessToken":"${"a".repeat(length - 18)}"}`;
    expect(bodyOf(65_536)).toHaveLength(65_536);
    expect((await ask("POST", "/exchange", { body: bodyOf(65_536), headers })).status).toBe(200);
    const answer = await ask("POST", "/exchange", { body: bodyOf(65_537), headers });
    expect(answer.problem()).toMatchObject({ status: 413, code: "invalid_request", reason: "body" });
  });

  it("a megabyte is refused without being read to its end", async () => {
    const ask = await start();
    const answer = await ask("POST", "/exchange", { body: "a".repeat(1_048_576), headers: json });
    expect(answer.problem().status).toBe(413);
  });

  it("the bound can be chosen", async () => {
    const ask = await start(10);
    expect((await ask("POST", "/exchange", { body: { accessToken: TEAMS_TOKEN } })).status).toBe(413);
  });

  it("thousands of nested arrays are only bad input", async () => {
    const ask = await start();
    expect((await ask("POST", "/exchange", { body: "[".repeat(60_000), headers: json })).status).toBe(400);
  });
});

describe("the header teams-user-aad-token", () => {
  it.each([
    ["is missing", {}],
    ["is empty", { "teams-user-aad-token": "" }],
    ["holds two tokens", { "teams-user-aad-token": [TEAMS_TOKEN, TEAMS_TOKEN] }],
    ["has a scheme", { "teams-user-aad-token": `Bearer ${TEAMS_TOKEN}` }],
  ])("that %s is answered 400", async (_name, headers) => {
    const service = scriptedService();
    const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier() });
    const ask = await serve(express().use(toExpress(handler)));
    const answer = await ask("GET", "/api/token/teams", { headers });
    expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_request", reason: "teams-user-aad-token" });
    expect(service.calls).toEqual([]);
  });

  it("is not replaced by the query", async () => {
    const handler = createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier() });
    const ask = await serve(express().use(toExpress(handler)));
    expect((await ask("GET", `/api/token/teams?teams-user-aad-token=${TEAMS_TOKEN}`)).status).toBe(400);
  });
});
