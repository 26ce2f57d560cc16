import "reflect-metadata";
import { toExpress, toFastify } from "@acs-auth/http";
import { Body, Controller, Get, HttpCode, type INestApplication, Module, Post } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { describe } from "vitest";
import { answersAlike, type Served } from "./answers-alike.js";
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

async function listen(app: INestApplication): Promise<Served> {
  await app.listen(0, "127.0.0.1");
  return { port: app.getHttpServer().address().port, close: () => app.close() };
}

describe("NestJS on Express", () => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    const app = await NestFactory.create(newModule(counts), options);
    return listen(app.use(toExpress(handler)));
  });
});

describe("NestJS on Fastify, as a plugin", () => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    const app = await NestFactory.create<NestFastifyApplication>(newModule(counts), new FastifyAdapter(), options);
    await app.register(toFastify(handler));
    return listen(app);
  });
});

describe("NestJS on Fastify, as a middleware", () => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    const app = await NestFactory.create<NestFastifyApplication>(newModule(counts), new FastifyAdapter(), options);
    return listen(app.use(toExpress(handler)));
  });
});
