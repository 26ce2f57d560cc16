import { createServer } from "node:http";
import { toFetch, toHono } from "@acs-auth/http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { close, listen } from "../support/serve.js";
import { answersAlike, NORMALIZED } from "./answers-alike.js";
import { getUser, postTeamsToken } from "./caller.js";
import { createFixture } from "./fixtures/fixture.mjs";

async function serve(app: Hono) {
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return { port: await listen(server), close: () => close(server) };
}

async function start(app: Hono): Promise<number> {
  const { port, close } = await serve(app);
  onTestFinished(close);
  return port;
}

describe("Hono", () => {
  answersAlike(
    () => {
      const { handler, counts } = createFixture();
      const app = new Hono().use(toHono(handler));
      app.get("/counts", (context) => context.json(counts));
      app.post("/own", async (context) => context.json(await context.req.json()));
      return serve(app);
    },
    { ...NORMALIZED, "/api\\user": 400 },
  );

  it("takes a body that middleware has read, and none", async () => {
    const app = new Hono().use(async ({ req }, next) => {
      await req.text();
      await next();
    });
    const port = await start(app.use(toHono(createFixture().handler)));
    expect((await postTeamsToken(port)).text).toContain("a Teams token of 13 characters");
    expect((await getUser(port)).status).toBe(200);
  });

  it.each([
    [
      "a basePath",
      (app: Hono) => app.route("/auth", new Hono().use(toHono(createFixture({ basePath: "/auth" }).handler))),
    ],
    ["mount()", (app: Hono) => app.mount("/auth", toFetch(createFixture().handler))],
  ])("works under a prefix with %s", async (_name, mount) => {
    const port = await start(mount(new Hono()));
    expect((await getUser(port, "/auth/api/user")).status).toBe(200);
    expect((await getUser(port)).status).toBe(404);
  });

  it("keeps the headers that other middleware sets", async () => {
    const app = new Hono().use(async (context, next) => {
      await next();
      context.header("access-control-max-age", "1");
    });
    const port = await start(app.use(toHono(createFixture().handler)));
    expect((await getUser(port)).headers["access-control-max-age"]).toBe("1");
  });
});
