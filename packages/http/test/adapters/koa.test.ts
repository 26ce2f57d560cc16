import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { toKoa } from "@acs-auth/http";
import Koa from "koa";
import { describe, expect, it, onTestFinished } from "vitest";
import { close, listen } from "../support/serve.js";
import { answersAlike } from "./answers-alike.js";
import { getUser, postTeamsToken } from "./caller.js";
import { createFixture } from "./fixtures/fixture.mjs";

/** Parses JSON as `koa-body` and `@koa/bodyparser` do. */
const bodyParser: Koa.Middleware = async ({ req, request }, next) => {
  if (req.headers["content-type"] === "application/json") Object.assign(request, { body: JSON.parse(await text(req)) });
  await next();
};

async function serve(app: Pick<Koa, "callback">) {
  const server = createServer(app.callback());
  return { port: await listen(server), close: () => close(server) };
}

async function start(app: Pick<Koa, "callback">): Promise<number> {
  const { port, close } = await serve(app);
  onTestFinished(close);
  return port;
}

describe("Koa", () => {
  answersAlike(() => {
    const { handler, counts } = createFixture();
    const app = new Koa().use(toKoa(handler)).use(bodyParser);
    app.use((context) => {
      if (context.path === "/counts") context.body = counts;
      if (context.path === "/own") context.body = (context.request as { body?: object }).body;
    });
    return serve(app);
  });

  it("takes a body that is parsed already", async () => {
    const port = await start(new Koa().use(bodyParser).use(toKoa(createFixture().handler)));
    expect((await postTeamsToken(port)).text).toContain("a Teams token of 13 characters");
  });

  it("works under koa-mount, which takes its prefix off the path for the middleware in it", async () => {
    const mounted = toKoa(createFixture().handler);
    const port = await start(
      new Koa().use(async (context, next) => {
        const { path } = context;
        if (!path.startsWith("/auth/")) return next();
        context.path = path.slice("/auth".length);
        await mounted(context, next);
        context.path = path;
      }),
    );
    expect((await getUser(port, "/auth/api/user")).status).toBe(200);
    expect((await getUser(port)).status).toBe(404);
  });

  it("keeps the headers that earlier middleware has set", async () => {
    const app = new Koa().use((context, next) => {
      context.set("access-control-max-age", "1");
      return next();
    });
    const port = await start(app.use(toKoa(createFixture().handler)));
    expect((await getUser(port)).headers["access-control-max-age"]).toBe("1");
  });
});
