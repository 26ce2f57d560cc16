import type { AcsAuthHandler } from "../create-handler.js";
import { pathOf } from "./node.js";
import { answer } from "./web-standard.js";

/** What the adapter needs of Hono's `Context`. */
export interface HonoContext {
  /** The request as Hono wraps it. */
  readonly req: {
    /** The request as it came; middleware may have read its body. */
    readonly raw: Request;
    /** The body, also when a middleware has read it already. */
    arrayBuffer(): Promise<ArrayBuffer>;
  };
}

/** A middleware of Hono. */
export type HonoMiddleware = (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined>;

/**
 * Serves the handler's routes in a Hono application; every other path goes to the next middleware. Works before and
 * after middleware that reads the body. Hono does not take the prefix of a route off the path: under one, give the
 * handler the same `basePath`.
 *
 * @example
 * ```ts
 * app.use(toHono(handler));
 * ```
 */
export function toHono(handler: AcsAuthHandler): HonoMiddleware {
  return async ({ req }, next) => {
    if (!handler.handles(pathOf(req.raw))) {
      await next();
      return undefined;
    }
    return answer(handler, req.raw, req.raw.bodyUsed ? await req.arrayBuffer() : req.raw.body);
  };
}
