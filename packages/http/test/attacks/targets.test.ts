import { createAcsAuthHandler } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier } from "../support/doubles.js";
import { serveRaw, statusesOf } from "../support/raw.js";
import { adapters } from "../support/serve.js";

const caller = `Host: api.example\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n`;

describe.each(Object.entries(adapters))("%s", (_name, adapt) => {
  const start = async () => {
    const service = scriptedService();
    const send = await serveRaw(adapt(createAcsAuthHandler({ service, verifier: scriptedVerifier() })));
    const ask = (line: string, headers = "") =>
      send(`${line} HTTP/1.1\r\n${caller}${headers}Connection: close\r\n\r\n`);
    return { service, send, ask };
  };

  it.each([
    "/api/user;jsessionid=1",
    "/api;x/user",
    "/api/user.",
    "/api/user..",
    "/api/user/.",
    "/api/user/..;/token",
    "/%2e/api/user",
    "/api/%2e/user",
    "/api%2fuser",
    "/api%252fuser",
    "/Api/User",
    "/api/user%20",
    "/api/user%0d%0a",
    "/api/us%u0065r",
    "///api/user",
    "/http://api.example/api/user",
    "http://api.example//api/user",
    "http://api.example/x/../api/user",
    "http://api.example",
    "http://api.example?/api/user",
  ])("the target %s reaches no route", async (target) => {
    const { service, ask } = await start();
    expect([400, 404]).toContain(statusesOf(await ask(`GET ${target}`))[0]);
    expect(service.calls).toEqual([]);
  });

  it.each([
    "*",
    "api.example:443",
    "api/user",
    "http://user:password@api.example/api/user",
    "http://api.example:99999/api/user",
    "http://api.example\\@other.example/api/user",
    "ftp://api.example/api/user",
    "javascript:alert(1)",
    "/api/us\ter",
    "/api/user\u00e9",
  ])("the target %j is refused", async (target) => {
    const { service, ask } = await start();
    expect([400, 404]).toContain(statusesOf(await ask(`GET ${target}`))[0]);
    expect(service.calls).toEqual([]);
  });

  it("the query takes no part in the choice of the route", async () => {
    const { service, ask } = await start();
    await ask("GET /api/user?/../token&path=/api/token&_method=DELETE");
    expect(service.calls.map(({ method }) => method)).toEqual(["getUser"]);
  });

  it.each(["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Forwarded-Prefix"])(
    "the header %s takes no part in it either",
    async (name) => {
      const { service, ask } = await start();
      await ask("GET /api/user", `${name}: /api/token\r\n`);
      expect(service.calls.map(({ method }) => method)).toEqual(["getUser"]);
    },
  );

  it.each(["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"])(
    "%s does not change the method",
    async (name) => {
      const { service, ask } = await start();
      await ask("GET /api/user", `${name}: DELETE\r\n`);
      expect(service.calls.map(({ method }) => method)).toEqual(["getUser"]);
    },
  );

  it.each([
    "CONNECT api.example:443",
    "CONNECT /api/user",
    "TRACE /api/user",
    "TRACK /api/user",
    "get /api/user",
    "PRI *",
  ])("%s reaches no route and echoes nothing", async (line) => {
    const { service, ask } = await start();
    const answer = await ask(line, "X-Probe: echo-me\r\n");
    expect(answer).not.toContain("echo-me");
    expect(statusesOf(answer).every((status) => status >= 400 && status < 500)).toBe(true);
    expect(service.calls).toEqual([]);
  });

  it("two Host headers are refused", async () => {
    const { service, ask } = await start();
    const answer = await ask("GET /api/user", "Host: other.example\r\n");
    expect(statusesOf(answer)).toEqual([400]);
    expect(service.calls).toEqual([]);
  });

  it("no Host header is refused", async () => {
    const { service, send } = await start();
    const answer = await send(`GET /api/user HTTP/1.1\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n\r\n`);
    expect(statusesOf(answer)).toEqual([400]);
    expect(service.calls).toEqual([]);
  });

  it.each(["websocket", "h2c"])("an upgrade to %s is answered as the plain request it is", async (protocol) => {
    const { send } = await start();
    const answer = await send(
      `GET /api/user HTTP/1.1\r\n${caller}Connection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`,
    );
    expect(statusesOf(answer)).toEqual([200]);
  });

  it("a body is asked for with 100 and an unknown expectation refused with 417", async () => {
    const { service, ask } = await start();
    const length = "Content-Length: 0\r\n";
    expect(statusesOf(await ask("POST /api/user", `Expect: 100-continue\r\n${length}`))).toEqual([100, 201]);
    expect(statusesOf(await ask("POST /api/user", `Expect: 200-ok\r\n${length}`))).toEqual([417]);
    expect(service.calls).toHaveLength(1);
  });
});
