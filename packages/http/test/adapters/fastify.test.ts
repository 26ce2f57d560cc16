import { connect } from "node:http2";
import { text } from "node:stream/consumers";
import { type Authorize, toFastify } from "@acs-auth/http";
import Fastify, { type FastifyInstance } from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { answersAlike, FASTIFY_ANSWERS } from "./answers-alike.js";
import { exchange } from "./exchange.js";
import { createFixture, tokens } from "./fixtures/fixture.mjs";

const newPlugin = () => toFastify(createFixture().handler);

async function listen(app: FastifyInstance) {
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: Number(new URL(url).port), close: () => app.close() };
}

/** Asks for the user as the caller, at a path. */
async function start(app: FastifyInstance) {
  const { port, close } = await listen(app);
  onTestFinished(close);
  return (path: string, authorization = `Bearer ${tokens.caller}`) =>
    exchange(port, { method: "GET", path, headers: { authorization } });
}

describe("Fastify", () => {
  answersAlike(() => {
    const { handler, counts } = createFixture();
    const app = Fastify();
    app.register(toFastify(handler));
    app.get("/counts", () => counts);
    app.post("/own", ({ body }) => body);
    return listen(app);
  }, FASTIFY_ANSWERS);

  it("works over HTTP/2", async () => {
    let url = "";
    const authorize: Authorize = (_user, request) => {
      url = request.url;
      return true;
    };
    const app = Fastify({ http2: true });
    app.register(toFastify(createFixture({ authorize }).handler));
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    const session = connect(origin);
    onTestFinished(async () => {
      session.destroy();
      await app.close();
    });
    const stream = session.request({
      ":method": "POST",
      ":path": "/exchange",
      authorization: `Bearer ${tokens.caller}`,
      "content-type": "application/json",
    });
    stream.end('{ "accessToken": "a.teams.token" }');
    expect(await text(stream)).toContain("a Teams token of 13 characters");
    expect(url).toBe(`${origin}/exchange`);
  });

  it.each(["/auth", "/auth/", "/a/b"])("works under the prefix %s", async (prefix) => {
    const app = Fastify();
    app.register(newPlugin(), { prefix });
    const get = await start(app);
    const path = `${prefix}/api/user`.replace("//", "/");
    expect((await get(path)).status).toBe(200);
    expect((await get(`${path}/?x=1`)).status).toBe(200);
    expect((await get(`http://other.example${path}`)).status).toBe(200);
    expect((await get("/api/user")).status).toBe(404);
  });

  it("leaves the application its own wildcards, and works with its settings for paths", async () => {
    const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, caseSensitive: false } });
    app.get("/*", () => "a page");
    app.register(newPlugin());
    const get = await start(app);
    expect((await get("/any")).text).toBe("a page");
    expect((await get("/api/user/")).status).toBe(200);
    expect((await get("/API/user")).status).toBe(404);
  });

  it("runs the application's hooks, and keeps the headers that they set", async () => {
    const app = Fastify();
    app.addHook("preHandler", async (_request, reply) => {
      reply.header("access-control-max-age", "1");
    });
    const seen: string[] = [];
    app.addHook("onResponse", async ({ originalUrl }, { statusCode }) => {
      seen.push(`${originalUrl} ${statusCode}`);
    });
    app.register(newPlugin(), { prefix: "/auth" });
    const get = await start(app);
    expect((await get("/auth/api/user")).headers["access-control-max-age"]).toBe("1");
    expect(seen).toEqual(["/auth/api/user 200"]);
  });

  it("answers inject()", async () => {
    const app = Fastify();
    app.register(newPlugin());
    const { statusCode, body } = await app.inject({
      method: "POST",
      url: "/exchange",
      headers: { authorization: `Bearer ${tokens.caller}` },
      payload: { accessToken: "a.teams.token" },
    });
    expect(statusCode).toBe(200);
    expect(body).toContain("a Teams token of 13 characters");
  });

  it("leaves errors of the application's hooks to the application", async () => {
    const app = Fastify();
    app.addHook("onRequest", async () => {
      throw new Error("the application's own");
    });
    app.register(newPlugin());
    const get = await start(app);
    expect(JSON.parse((await get("/api/user")).text)).toMatchObject({ message: "the application's own" });
  });

  it("writes no token into the application's log", async () => {
    let log = "";
    const stream = {
      write: (line: string) => {
        log += line;
      },
    };
    const app = Fastify({ logger: { level: "trace", stream } });
    app.register(newPlugin());
    const get = await start(app);
    await get("/api/user");
    await get("/api/user", `Bearer ${tokens.unlucky}`);
    expect(log).toContain("request completed");
    for (const token of Object.values(tokens)) expect(log).not.toContain(token);
  });
});
