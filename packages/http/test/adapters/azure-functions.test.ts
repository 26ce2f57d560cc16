import { toAzureFunction } from "@acs-auth/http";
import { FunctionsHost } from "test-support/functions-host";
import { describe } from "vitest";
import { close, listen } from "../support/serve.js";
import { answersAlike, NORMALIZED } from "./answers-alike.js";
import { createFixture } from "./fixtures/fixture.mjs";

const OWN_ANSWERS = { ...NORMALIZED, "/api\\user": 200 };

describe("Azure Functions", () => {
  answersAlike(
    async () => {
      const { handler, counts } = createFixture();
      const host = new FunctionsHost("");
      const app = host.loadApp();
      app.http("acs-auth", toAzureFunction(handler));
      app.http("counts", { handler: () => ({ jsonBody: counts }) });
      app.http("own", { handler: async (request) => ({ jsonBody: await request.json() }) });
      return { port: await listen(host.server), close: () => close(host.server) };
    },
    OWN_ANSWERS,
    { knowsWhoIsGone: false },
  );
});
