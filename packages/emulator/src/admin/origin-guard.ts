import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";

const localNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Refuses what a web page of another origin sends, by its own name or by one that it made resolve to this machine. */
export const refuseForeignRequests = createMiddleware(async (c, next) => {
  const url = new URL(c.req.url);
  const origin = c.req.header("Origin");
  if (!localNames.has(url.hostname) || (origin !== undefined && origin !== url.origin)) {
    throw new HTTPException(403, { message: "The admin endpoint answers requests of this machine only." });
  }
  await next();
});
