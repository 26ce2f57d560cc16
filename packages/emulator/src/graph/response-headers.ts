import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { GraphEnvironment } from "./environment.js";
import type { RequestIds } from "./graph-error.js";

export function requestIds(clientRequestId: string | null | undefined): RequestIds {
  const requestId = randomUUID();
  return { requestId, clientRequestId: clientRequestId ?? requestId };
}

/** `request-id` and `client-request-id`, which every answer carries. */
export function requestIdHeaders({ requestId, clientRequestId }: RequestIds) {
  return { "request-id": requestId, "client-request-id": clientRequestId };
}

export const responseHeaders = createMiddleware<GraphEnvironment>(async (c, next) => {
  const ids = requestIds(c.req.header("client-request-id"));
  c.set("ids", ids);
  for (const [name, value] of Object.entries(requestIdHeaders(ids))) c.header(name, value);
  await next();
  if (c.res.ok) c.header("x-ms-resource-unit", String(resourceUnits(c.req.path, c.req.query())));
});

/** After "Microsoft Graph service-specific throttling limits", identity and access. */
function resourceUnits(path: string, query: Readonly<Record<string, string>>): number {
  const base = path === "/v1.0/users" ? 2 : 1;
  const isSmallPage = Number(query["$top"] ?? Number.POSITIVE_INFINITY) < 20;
  const cost =
    base + (query["$expand"] === undefined ? 0 : 1) - (query["$select"] === undefined ? 0 : 1) - (isSmallPage ? 1 : 0);
  return Math.max(cost, 1);
}
