import { type AcsAuthHandlerOptions, createAcsAuthHandler, openApiDocument, toExpress } from "@acs-auth/http";
import express from "express";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "../support/doubles.js";
import { adapters, serve } from "../support/serve.js";

const newHandler = (options: Partial<AcsAuthHandlerOptions>) =>
  createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier(), ...options });

describe.each(Object.entries(adapters))("%s: the description", (_name, adapt) => {
  const start = (options: Partial<AcsAuthHandlerOptions>) => serve(adapt(newHandler(options)));

  it("is not served unless asked for", async () => {
    for (const openApi of [undefined, false]) {
      const ask = await start(openApi === undefined ? {} : { openApi });
      expect((await ask("GET", "/openapi.json")).status).toBe(404);
    }
  });

  it("is served to everybody, and may be cached", async () => {
    const options = { openApi: true, tokenScopes: ["chat"], rateLimit: { points: 1, durationInSeconds: 60 } } as const;
    const ask = await start(options);
    for (let times = 0; times < 2; times++) {
      const answer = await ask("GET", "/openapi.json", { anonymous: true });
      expect(answer.status).toBe(200);
      expect(answer.json()).toEqual(openApiDocument(options));
      expect(answer.headers).toMatchObject({
        "content-type": "application/json",
        "cache-control": "public, max-age=300",
        "x-content-type-options": "nosniff",
        "x-request-id": expect.any(String),
      });
    }
  });

  it("is served at the path of the options, below the base path", async () => {
    const ask = await start({ openApi: { path: "/docs/api.json" }, basePath: "/v1" });
    const { paths } = JSON.parse((await ask("GET", "/v1/docs/api.json", { anonymous: true })).text);
    expect(Object.keys(paths)).toContain("/v1/api/user");
    expect((await ask("GET", "/v1/openapi.json")).status).toBe(404);
  });

  it("answers HEAD without a body, and no other method", async () => {
    const ask = await start({ openApi: true });
    const head = await ask("HEAD", "/openapi.json", { anonymous: true });
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    const refused = await ask("POST", "/openapi.json", { anonymous: true });
    expect(refused.problem()).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect(refused.headers).toMatchObject({ allow: "GET, HEAD, OPTIONS", "cache-control": "no-store" });
  });

  it("is open to the listed origins only", async () => {
    const ask = await start({ openApi: true, cors: { origins: ["https://app.contoso.com"] } });
    const allowedOrigin = async (origin: string) =>
      (await ask("GET", "/openapi.json", { anonymous: true, headers: { origin } })).headers[
        "access-control-allow-origin"
      ];
    expect(await allowedOrigin("https://app.contoso.com")).toBe("https://app.contoso.com");
    expect(await allowedOrigin("https://app.fabrikam.com")).toBeUndefined();
  });
});

describe("the option openApi", () => {
  it("leaves the answers with tokens uncached", async () => {
    const ask = await serve(express().use(toExpress(newHandler({ openApi: true }))));
    expect((await ask("GET", "/api/token")).headers["cache-control"]).toBe("no-store");
  });

  it("works under a mount path", async () => {
    const handler = newHandler({ openApi: { serverUrl: "/auth" } });
    const ask = await serve(express().use("/auth", toExpress(handler)));
    const { servers } = JSON.parse((await ask("GET", "/auth/openapi.json")).text);
    expect(servers).toEqual([{ url: "/auth" }]);
    expect((await ask("GET", `${servers[0].url}/api/user`)).status).toBe(200);
  });

  it.each([
    [{ path: "openapi.json" }, /openApi\.path/],
    [{ path: "/docs/" }, /openApi\.path/],
    [{ path: "/a?b" }, /openApi\.path/],
    [{ path: "/api/user" }, /openApi\.path/],
    [{ serverUrl: "" }, /openApi\.serverUrl/],
    [{ serverUrl: "https://api.contoso.com/" }, /openApi\.serverUrl/],
    [{ serverUrl: "ftp://api.contoso.com" }, /openApi\.serverUrl/],
    [{ serverUrl: "auth" }, /openApi\.serverUrl/],
  ])("%j is refused", (openApi, message) => {
    expect(() => newHandler({ openApi })).toThrow(TypeError);
    expect(() => newHandler({ openApi })).toThrow(message);
  });

  it.each(["https://api.contoso.com", "http://localhost:5000", "https://api.contoso.com/auth/v1", "/auth"])(
    "takes the server %s",
    (serverUrl) => {
      expect(openApiDocument({ openApi: { serverUrl } }).servers).toEqual([{ url: serverUrl }]);
    },
  );
});

describe("openApiDocument", () => {
  it("refuses impossible options as the handler does", () => {
    expect(() => openApiDocument({ basePath: "v1" })).toThrow(/basePath/);
    expect(() => openApiDocument({ tokenExpiresInMinutes: 1 })).toThrow(/tokenExpiresInMinutes/);
  });
});
