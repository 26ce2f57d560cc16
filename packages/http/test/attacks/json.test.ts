import { createAcsAuthHandler } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { CALLER_TOKEN, scriptedService, scriptedVerifier, TEAMS_TOKEN } from "../support/doubles.js";
import { serveRaw, statusesOf } from "../support/raw.js";
import { adapters } from "../support/serve.js";

describe("a JSON body", () => {
  const start = async () => {
    const service = scriptedService();
    const options = { tokenScopes: ["chat"], tokenExpiresInMinutes: 120 } as const;
    const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier(), ...options });
    const send = await serveRaw(adapters["node:http"]?.(handler) ?? (() => {}));
    const post = async (path: string, body: string | Uint8Array) => {
      const bytes = Buffer.from(body);
      const head = `POST ${path} HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer ${CALLER_TOKEN}\r\n`;
      const type = `Content-Type: application/json\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;
      return statusesOf(await send(Buffer.concat([Buffer.from(head + type), bytes])))[0];
    };
    return { service, post };
  };

  it.each([
    ["in UTF-16", Buffer.from(`{"accessToken":"${TEAMS_TOKEN}"}`, "utf16le")],
    ["with a byte that is no UTF-8", Buffer.from('{"accessToken":"a\xff"}', "latin1")],
    ["with a lone surrogate", '{"accessToken":"\\ud800"}'],
    ["with a null character", '{"accessToken":"a\\u0000"}'],
    ["with a prototype inside", '{"accessToken":{"__proto__":{"length":1}}}'],
    ["that names a constructor", '{"constructor":{"prototype":{}}}'],
    ["with comments", `{/**/"accessToken":"${TEAMS_TOKEN}"}`],
    ["twice", `{"accessToken":"${TEAMS_TOKEN}"}{"accessToken":"${TEAMS_TOKEN}"}`],
    ["of deep objects", `${'{"accessToken":'.repeat(4_000)}1${"}".repeat(4_000)}`],
  ])("%s is refused", async (_how, body) => {
    const { service, post } = await start();
    expect(await post("/exchange", body)).toBe(400);
    expect(service.calls).toEqual([]);
  });

  it.each(["1e400", "-1e400", "1e-400", "9007199254740993", "0x78", "NaN", "Infinity", "-0"])(
    "that asks for a lifetime of %s is refused",
    async (number) => {
      const { service, post } = await start();
      expect(await post("/api/token", `{"expiresInMinutes":${number}}`)).toBe(400);
      expect(service.calls).toEqual([]);
    },
  );

  it("that names a member twice is checked by the value that is used", async () => {
    const { service, post } = await start();
    expect(await post("/api/token", '{"scopes":["chat"],"scopes":["voip"]}')).toBe(403);
    expect(await post("/api/token", '{"expiresInMinutes":60,"expiresInMinutes":1440}')).toBe(403);
    expect(service.calls).toEqual([]);
  });

  it("may begin with a byte order mark", async () => {
    const { post } = await start();
    expect(await post("/exchange", `\ufeff{"accessToken":"${TEAMS_TOKEN}"}`)).toBe(200);
  });
});
