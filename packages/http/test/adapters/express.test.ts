import { createServer } from "node:http";
import { createRequire } from "node:module";
import { toExpress } from "@acs-auth/http";
import express5, { type Express } from "express";
import { describe, expect, it, onTestFinished } from "vitest";
import { close, listen } from "../support/serve.js";
import { answersAlike } from "./answers-alike.js";
import { getUser, postTeamsToken } from "./caller.js";
import { createFixture } from "./fixtures/fixture.mjs";

const express4: typeof express5 = createRequire(import.meta.url)("express4");
const newMiddleware = () => toExpress(createFixture().handler);

async function serve(app: Express) {
  const server = createServer(app);
  return { port: await listen(server), close: () => close(server) };
}

async function start(app: Express): Promise<number> {
  const { port, close } = await serve(app);
  onTestFinished(close);
  return port;
}

describe.each([
  ["4", express4],
  ["5", express5],
])("Express %s", (_version, express) => {
  answersAlike(() => {
    const { handler, counts } = createFixture();
    const app = express().use(toExpress(handler), express.json());
    app.get("/counts", (_request, response) => void response.json(counts));
    app.post("/own", (request, response) => void response.json(request.body));
    return serve(app);
  });

  it.each([
    ["json()", express.json()],
    ["raw()", express.raw({ type: "*/*" })],
    ["text()", express.text({ type: "*/*" })],
    ["urlencoded(), which leaves it alone", express.urlencoded({ extended: false })],
  ])("takes a body after express.%s", async (_name, parser) => {
    const port = await start(express().use(parser, newMiddleware()));
    expect((await postTeamsToken(port)).text).toContain("a Teams token of 13 characters");
  });

  it("works under a mount path", async () => {
    const port = await start(express().use("/auth", newMiddleware()));
    expect((await getUser(port, "/auth/api/user")).status).toBe(200);
    expect((await getUser(port)).status).toBe(404);
  });

  it("keeps the headers that earlier middleware has set", async () => {
    const app = express().use((_request, response, next) => {
      response.set("access-control-max-age", "1");
      next();
    }, newMiddleware());
    expect((await getUser(await start(app))).headers["access-control-max-age"]).toBe("1");
  });
});
