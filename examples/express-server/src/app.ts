import { type AcsAuthHandler, toExpress, toNodeListener } from "@acs-auth/http";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { Logger } from "pino";

/** The Express application: health, the routes of acs-auth, and 404 for everything else. */
export function createApp(handler: AcsAuthHandler, log: Logger): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.get("/health", (_request, response) => {
    response.set("cache-control", "no-store").json({ status: "ok" });
  });
  app.use(toExpress(handler));
  app.use(toNodeListener(handler));
  app.use(answerFailure(log));
  return app;
}

function answerFailure(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    log.error({ error: error instanceof Error ? error.name : typeof error }, "unexpected error");
    if (response.headersSent) next(error);
    else response.status(500).json({ status: 500, code: "internal_error" });
  };
}
