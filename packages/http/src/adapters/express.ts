import type { IncomingMessage, ServerResponse } from "node:http";
import type { AcsAuthHandler } from "../create-handler.js";
import { pathOf, toNodeListener } from "./node.js";

/** A middleware of Express, Connect and their like. */
export type ExpressMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Serves the handler's routes in an Express application; every other path goes to the next middleware. Works before and
 * after `express.json()`, and under a mount path: `app.use("/auth", toExpress(handler))`.
 */
export function toExpress(handler: AcsAuthHandler): ExpressMiddleware {
  const listener = toNodeListener(handler);
  return (request, response, next) => {
    if (handler.handles(pathOf(request))) listener(request, response).catch(next);
    else next();
  };
}
