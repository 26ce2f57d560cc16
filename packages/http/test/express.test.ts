import { createAcsAuthHandler, toExpress } from "@acs-auth/http";
import express from "express";
import { describe, expect, it } from "vitest";
import { scriptedService, scriptedVerifier } from "./support/doubles.js";
import { serve } from "./support/serve.js";

const { Request, Response } = globalThis;

const newMiddleware = () =>
  toExpress(createAcsAuthHandler({ service: scriptedService(), verifier: scriptedVerifier() }));

describe("toExpress", () => {
  it("leaves every other path to the application, untouched", async () => {
    const app = express().use(newMiddleware(), express.json());
    app.post("/other", (request, response) => {
      response.json(request.body);
    });
    const ask = await serve(app);
    expect((await ask("POST", "/other", { body: { mine: true } })).json()).toEqual({ mine: true });
    expect((await ask("POST", "/api/user")).status).toBe(201);
  });

  it("answers a wrong method itself", async () => {
    const app = express().use(newMiddleware(), (_request, response) => {
      response.status(418).end();
    });
    const ask = await serve(app);
    expect((await ask("PUT", "/api/user")).status).toBe(405);
    expect((await ask("PUT", "/api/users")).status).toBe(418);
  });

  it("works under a mount path", async () => {
    const ask = await serve(express().use("/auth", newMiddleware()));
    expect((await ask("GET", "/auth/api/user")).status).toBe(200);
    expect((await ask("GET", "/api/user")).status).toBe(404);
  });

  it("keeps the headers that earlier middleware has set", async () => {
    const app = express().use((_request, response, next) => {
      response.set("strict-transport-security", "max-age=1");
      next();
    }, newMiddleware());
    const ask = await serve(app);
    expect((await ask("GET", "/api/user")).headers["strict-transport-security"]).toBe("max-age=1");
  });

  it("leaves the global Request and Response alone", async () => {
    await (await serve(express().use(newMiddleware())))("GET", "/api/user");
    expect(globalThis.Request).toBe(Request);
    expect(globalThis.Response).toBe(Response);
  });
});
