import { createServer } from "node:http";
import { createRequire } from "node:module";
import { toExpress } from "@acs-auth/http";
import express5 from "express";
import { describe } from "vitest";
import { close, listen } from "../support/serve.js";
import { answersAlike } from "./answers-alike.js";
import { createFixture } from "./fixtures/fixture.mjs";

const express4: typeof express5 = createRequire(import.meta.url)("express4");

describe.each([
  ["4", express4],
  ["5", express5],
])("Express %s", (_version, express) => {
  answersAlike(async () => {
    const { handler, counts } = createFixture();
    const app = express().use(toExpress(handler), express.json());
    app.get("/counts", (_request, response) => void response.json(counts));
    app.post("/own", (request, response) => void response.json(request.body));
    const server = createServer(app);
    return { port: await listen(server), close: () => close(server) };
  });
});
