import type { IncomingMessage, ServerResponse } from "node:http";
import type { AcsAuthHandler } from "../create-handler.js";
import { pathOf, toNodeListener } from "./node.js";

/** What the adapter needs of Koa's `Context`. */
export interface KoaContext {
  /** Node's request, which the body is read from unless a parser has read it. */
  readonly req: IncomingMessage;
  /** Node's response, which the answer is written to. */
  readonly res: ServerResponse;
  /** With the `body` that a parser has read, if there is one. */
  readonly request: object;
}

/** A middleware of Koa. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>;

/**
 * Serves the handler's routes in a Koa application; every other path goes to the next middleware. Works before and after
 * body parsers, and under `koa-mount`. `@koa/router` does not take its prefix off the path: under one, give the handler
 * the same `basePath`. The answer is complete when the middleware before it gets to see it.
 *
 * @example
 * ```ts
 * app.use(toKoa(handler));
 * ```
 */
export function toKoa(handler: AcsAuthHandler): KoaMiddleware {
  const listener = toNodeListener(handler);
  return async ({ req, res, request }, next) => {
    if (handler.handles(pathOf(req))) {
      if ("body" in request) Object.assign(req, { body: request.body });
      await listener(req, res);
    } else await next();
  };
}
