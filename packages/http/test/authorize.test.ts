import { AcsAuthError } from "@acs-auth/core";
import { type AcsAuthHandlerOptions, createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { describe, expect, it } from "vitest";
import { operations } from "./openapi/support/cases.js";
import { caller, scriptedService, scriptedVerifier } from "./support/doubles.js";
import { serve } from "./support/serve.js";

async function start(options: Partial<AcsAuthHandlerOptions>) {
  const service = scriptedService();
  const handler = createAcsAuthHandler({ service, verifier: scriptedVerifier(), ...options });
  return { service, ask: await serve(toNodeListener(handler)) };
}

const issued = (options: object) => [{ method: "issueToken", options }];

describe("authorize", () => {
  const answeredWithBody = operations.filter(([method]) => method !== "HEAD");

  it.each(answeredWithBody)("that refuses ends %s %s with 403 before the service", async (method, path, options) => {
    const { ask, service } = await start({ authorize: () => false });
    const answer = await ask(method, path, options);
    expect(answer.problem()).toMatchObject({ status: 403, code: "forbidden" });
    expect(answer.headers["www-authenticate"]).toBeUndefined();
    expect(service.calls).toEqual([]);
  });

  it("sees the verified user and the request, and is not asked about a refused token", async () => {
    const seen: unknown[] = [];
    const { ask } = await start({
      authorize: (user, request) => {
        seen.push(user, request.method, new URL(request.url).pathname, request.headers.get("x-meeting"));
        return true;
      },
    });
    await ask("GET", "/api/user", { headers: { authorization: "Bearer other" } });
    expect(seen).toEqual([]);
    await ask("GET", "/api/user", { headers: { "x-meeting": "42" } });
    expect(seen).toEqual([caller, "GET", "/api/user", "42"]);
  });

  it("cannot take the body away from the handler", async () => {
    let read: string | undefined;
    const { ask, service } = await start({
      authorize: async (_user, request) => {
        read = await request.text();
        return { scopes: ["chat"] };
      },
    });
    await ask("POST", "/api/token", { body: { scopes: ["chat"] } });
    expect(read).toBe('{"scopes":["chat"]}');
    expect(service.calls).toEqual(issued({ scopes: ["chat"], createIfMissing: false }));
  });

  it("that resolves to nothing refuses", async () => {
    const { ask } = await start({ authorize: (async () => undefined) as never });
    expect((await ask("GET", "/api/user")).status).toBe(403);
  });

  it("that throws an AcsAuthError decides the answer", async () => {
    const { ask } = await start({
      authorize: async () => {
        throw new AcsAuthError("throttled", "Too many meetings.", { retryAfterInMs: 5_000 });
      },
    });
    const answer = await ask("GET", "/api/token");
    expect(answer.problem()).toMatchObject({ status: 429, code: "throttled" });
    expect(answer.headers["retry-after"]).toBe("5");
  });

  it("that throws anything else is answered 500", async () => {
    const { ask, service } = await start({
      authorize: () => {
        throw new Error("secret content");
      },
    });
    const answer = await ask("GET", "/api/token");
    expect(answer.problem().code).toBe("internal_error");
    expect(answer.text).not.toContain("secret");
    expect(service.calls).toEqual([]);
  });
});

describe("the most a user may have", () => {
  const guest = { scopes: ["chat.join.limited"], tokenExpiresInMinutes: 60 } as const;

  it("is what a client gets that asks for nothing", async () => {
    const { ask, service } = await start({ authorize: () => guest });
    await ask("GET", "/api/token");
    await ask("POST", "/api/token", { body: {} });
    expect(service.calls).toEqual([...issued(guest), ...issued({ ...guest, createIfMissing: false })]);
  });

  it("comes from the options where authorize does not say", async () => {
    const { ask, service } = await start({
      tokenScopes: ["chat", "voip"],
      tokenExpiresInMinutes: 120,
      authorize: () => ({ scopes: ["chat"] }),
    });
    await ask("GET", "/api/token");
    expect(service.calls).toEqual(issued({ scopes: ["chat"], tokenExpiresInMinutes: 120 }));
  });

  const options = { tokenScopes: ["chat", "voip"], tokenExpiresInMinutes: 120 } as const;

  it.each([
    [{ scopes: ["voip"] }, { scopes: ["voip"], tokenExpiresInMinutes: 120 }],
    [{ expiresInMinutes: 60 }, { scopes: ["chat", "voip"], tokenExpiresInMinutes: 60 }],
    [
      { scopes: ["voip", "chat"], expiresInMinutes: 120 },
      { scopes: ["voip", "chat"], tokenExpiresInMinutes: 120 },
    ],
  ])("can be asked for in part: %j", async (body, expected) => {
    const { ask, service } = await start(options);
    expect((await ask("POST", "/api/token", { body })).status).toBe(201);
    expect(service.calls).toEqual(issued({ ...expected, createIfMissing: false }));
  });

  it.each([
    [{ scopes: ["chat", "voip.join"] }, "scopes"],
    [{ scopes: ["chat.join"] }, "scopes"],
    [{ expiresInMinutes: 121 }, "expiresInMinutes"],
  ])("cannot be exceeded: %j", async (body, reason) => {
    const { ask, service } = await start(options);
    const answer = await ask("POST", "/api/token", { body });
    expect(answer.problem()).toMatchObject({ status: 403, code: "forbidden", reason });
    expect(service.calls).toEqual([]);
  });

  it.each([{ scopes: ["chat"] }, { expiresInMinutes: 60 }])(
    "is unknown without options, so that %j is refused",
    async (body) => {
      const { ask } = await start({});
      expect((await ask("POST", "/api/token", { body })).problem()).toMatchObject({ status: 403, code: "forbidden" });
    },
  );

  it.each([
    [undefined, true, true],
    [false, true, false],
    [true, false, true],
  ])("includes an identity: authorize %s over createOnToken %s", async (createIfMissing, createOnToken, expected) => {
    const { ask, service } = await start({
      createOnToken,
      authorize: () => (createIfMissing === undefined ? true : { createIfMissing }),
    });
    await ask("POST", "/api/token");
    expect(service.calls).toEqual(issued({ createIfMissing: expected }));
  });

  it("never makes GET /api/token create an identity", async () => {
    const { ask, service } = await start({ createOnToken: true, authorize: () => ({ createIfMissing: true }) });
    await ask("GET", "/api/token");
    expect(service.calls).toEqual(issued({}));
  });
});
