import { createServer } from "node:http";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { describe, expect, it, onTestFinished } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "./support/doubles.js";
import { raw } from "./support/raw.js";
import { adapters, close, listen, serve } from "./support/serve.js";

const newHandler = () => createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier() });

describe("the method", () => {
  const allowByPath: [path: string, allow: string][] = [
    ["/api/user", "GET, HEAD, POST, DELETE, OPTIONS"],
    ["/api/token", "GET, POST, OPTIONS"],
    ["/api/token/teams", "GET, POST, OPTIONS"],
    ["/api/token/revoke", "POST, OPTIONS"],
    ["/exchange", "POST, OPTIONS"],
  ];

  it.each(allowByPath)("that %s does not know is answered 405 with Allow: %s", async (path, allow) => {
    const ask = await serve(toNodeListener(newHandler()));
    for (const method of ["PUT", "PATCH", "PROPFIND"]) {
      const answer = await ask(method, path, { anonymous: true });
      expect(answer.problem()).toMatchObject({ status: 405, code: "method_not_allowed" });
      expect(answer.headers["allow"]).toBe(allow);
    }
  });

  it.each(allowByPath)("OPTIONS tells what %s allows: %s", async (path, allow) => {
    const ask = await serve(toNodeListener(newHandler()));
    const answer = await ask("OPTIONS", path, { anonymous: true, headers: { origin: "https://app.example" } });
    expect(answer.status).toBe(204);
    expect(answer.headers["allow"]).toBe(allow);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  it("HEAD answers as GET without a body, and issues no token", async () => {
    const service = scriptedService();
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const answer = await ask("HEAD", "/api/user");
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("");
    const refused = await ask("HEAD", "/api/token");
    expect(refused.status).toBe(405);
    expect(refused.text).toBe("");
    expect(service.calls.map(({ method }) => method)).toEqual(["getUser"]);
  });

  it.each([
    ["x-http-method-override", { "x-http-method-override": "DELETE" }],
    ["x-method-override", { "x-method-override": "DELETE" }],
  ])("cannot be changed by %s", async (_name, headers) => {
    const service = scriptedService();
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    await ask("POST", "/api/user?_method=DELETE", { headers });
    expect(service.calls.map(({ method }) => method)).toEqual(["getOrCreateUser"]);
  });

  it("TRACE echoes nothing", async () => {
    const ask = await serve(toNodeListener(newHandler()));
    const answer = await ask("TRACE", "/api/user", { headers: { "x-probe": "echo-me" } });
    expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_request" });
    expect(answer.text).not.toContain("echo-me");
  });

  it("named like a member of Object is only unknown", async () => {
    const answer = await newHandler()(new Request("http://localhost/api/user", { method: "toString" }));
    expect(answer.status).toBe(405);
  });
});

describe.each(Object.entries(adapters))("%s: the path", (_name, adapt) => {
  it.each([
    "/nope",
    "/",
    "//api/user",
    "/api//user",
    "/api/user//",
    "/api/token/../user",
    "/api/./user",
    "/api/token/%2e%2e/user",
    "/api/token/.%2E/user",
    "/api%2Fuser",
    "/api/user%2f",
    "/api/%75ser",
    "/API/USER",
    "/api/user;x=1",
    "/api/user%00",
    "/api/user/x",
    "/constructor",
  ])("%s is none of the handler's", async (path) => {
    const service = scriptedService();
    const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier() });
    const ask = await serve(adapt(handler));
    expect((await ask("GET", path)).status).toBe(404);
    expect(service.calls).toEqual([]);
  });
});

describe("over node:http", () => {
  it("an unknown path is a problem that repeats nothing of it", async () => {
    const ask = await serve(toNodeListener(newHandler()));
    const answer = await ask("GET", "/nope/<script>?secret", { anonymous: true });
    expect(answer.problem()).toMatchObject({ status: 404, code: "not_found" });
    expect(answer.text).not.toMatch(/nope|script|secret/);
  });

  it("a backslash or a broken Host is a malformed request", async () => {
    const ask = await serve(toNodeListener(newHandler()));
    for (const answer of [
      await ask("GET", "/api\\user"),
      await ask("GET", "/api/user", { headers: { host: "a b" } }),
      await ask("GET", "/api/user", { headers: { host: "a/b?c" } }),
    ]) {
      expect(answer.problem()).toMatchObject({ status: 400, code: "invalid_request" });
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "x-request-id": answer.problem().requestId });
    }
  });

  it("the absolute form and HTTP/1.0 are understood", async () => {
    const server = createServer(toNodeListener(newHandler()));
    onTestFinished(() => close(server));
    const port = await listen(server);
    const authorization = `Authorization: Bearer ${CALLER_TOKEN}\r\n`;
    expect(
      await raw(
        port,
        `GET http://any.example/api/user HTTP/1.1\r\nHost: any.example\r\n${authorization}Connection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1.1 200 /);
    expect(await raw(port, `GET /api/user HTTP/1.0\r\n${authorization}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  });

  it("headers beyond Node's bound never reach the handler", async () => {
    const service = scriptedService();
    const ask = await serve(toNodeListener(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    expect((await ask("GET", "/api/user", { headers: { "x-large": "a".repeat(20_000) } })).status).toBe(431);
    expect(service.calls).toEqual([]);
  });
});

describe("the request id", () => {
  it.each(["request-1", "a", "A_b.c-9", "a".repeat(128)])("%s of the caller is kept", async (requestId) => {
    const ask = await serve(toNodeListener(newHandler()));
    const answer = await ask("GET", "/nope", { headers: { "x-request-id": requestId } });
    expect(answer.headers["x-request-id"]).toBe(requestId);
    expect(answer.problem().requestId).toBe(requestId);
  });

  it.each([
    ["empty", ""],
    ["too long", "a".repeat(129)],
    ["two of them", ["a", "b"]],
    ["with a space", "a b"],
    ["with a quote", 'a"b'],
    ["with markup", "<b>"],
    ["with an encoded line break", "a%0d%0aset-cookie:b"],
    ["with Latin-1", "\u00e9"],
  ])("that is %s is replaced", async (_name, requestId) => {
    const ask = await serve(toNodeListener(newHandler()));
    const answer = await ask("GET", "/nope", { headers: { "x-request-id": requestId } });
    expect(answer.headers["x-request-id"]).toMatch(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/);
    expect(answer.problem().requestId).toBe(answer.headers["x-request-id"]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("is new for every request without one", async () => {
    const ask = await serve(toNodeListener(newHandler()));
    const ids = [await ask("GET", "/api/user"), await ask("GET", "/api/user")].map(
      ({ headers }) => headers["x-request-id"],
    );
    expect(new Set(ids).size).toBe(2);
  });
});
