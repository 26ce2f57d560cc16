import { randomBytes } from "node:crypto";
import { createMiddleware } from "hono/factory";

/** The headers of the real service, except those that describe its infrastructure or would bind a browser to HTTPS. */
export const responseHeaders = createMiddleware(async (c, next) => {
  const start = performance.now();
  const requestId = c.req.header("x-ms-client-request-id");
  if (requestId) c.header("x-ms-client-request-id", requestId);
  c.header("MS-CV", `${randomBytes(16).toString("base64").replace(/=+$/, "")}.0`);
  c.header("Request-Context", "appId=");
  await next();
  c.header("X-Processing-Time", `${Math.round(performance.now() - start)}ms`);
});
