import "reflect-metadata";
import { toExpress, toFastify } from "@acs-auth/http";
import { Body, Controller, Get, HttpCode, type INestApplication, Module, Post } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { answersAlike, FASTIFY_ANSWERS } from "./answers-alike.js";
import { getUser, postTeamsToken } from "./caller.js";
import { type Counts, createFixture } from "./fixtures/fixture.mjs";

const options = { logger: false } as const;

/** An application with the routes of the test's own. Decorators are applied as the functions that they are. */
function newModule(counts: Counts) {
  class OwnController {
    counts(): Counts {
      return counts;
    }
    own(body: unknown): unknown {
      return body;
    }
  }
  const { prototype } = OwnController;
  const decorate = (name: "counts" | "own", ...decorators: MethodDecorator[]) => {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    for (const decorator of decorators) decorator(prototype, name, descriptor);
  };
  decorate("counts", Get("counts"));
  decorate("own", Post("own"), HttpCode(200));
  Body()(prototype, "own", 0);
  Controller()(OwnController);

  class OwnModule {}
  Module({ controllers: [OwnController] })(OwnModule);
  return OwnModule;
}

async function listen(app: INestApplication) {
  await app.listen(0, "127.0.0.1");
  return { port: Number(app.getHttpServer().address().port), close: () => app.close() };
}

const onFastify = (counts: Counts) =>
  NestFactory.create<NestFastifyApplication>(newModule(counts), new FastifyAdapter(), options);

describe("NestJS on Fastify, as a plugin", () => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    const app = await onFastify(counts);
    await app.register(toFastify(handler));
    return listen(app);
  }, FASTIFY_ANSWERS);
});

const platforms: [name: string, create: (counts: Counts) => Promise<INestApplication>][] = [
  ["Express", (counts) => NestFactory.create(newModule(counts), options)],
  ["Fastify", onFastify],
];

describe.each(platforms)("NestJS on %s, as a middleware", (_name, create) => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    return listen((await create(counts)).use(toExpress(handler)));
  });

  it("works under a mount path", async () => {
    const { handler, counts } = createFixture();
    const { port, close } = await listen((await create(counts)).use("/auth", toExpress(handler)));
    onTestFinished(close);
    expect((await getUser(port, "/auth/api/user")).status).toBe(200);
    expect((await postTeamsToken(port, "/auth/exchange")).text).toContain("a Teams token of 13 characters");
    expect((await getUser(port)).status).toBe(404);
  });
});

it("NestJS on Express, takes a body after Nest's own body parser", async () => {
  const { handler, counts } = createFixture();
  const app = await NestFactory.create<NestExpressApplication>(newModule(counts), options);
  const { port, close } = await listen(app.useBodyParser("json").use(toExpress(handler)));
  onTestFinished(close);
  expect((await postTeamsToken(port)).text).toContain("a Teams token of 13 characters");
});
