import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { CommunicationError } from "./communication-error.js";

/** The api-versions that were published with these operations. */
const apiVersions = [
  "2020-07-20-preview2",
  "2021-02-22-preview1",
  "2021-03-07",
  "2021-03-31-preview1",
  "2021-10-31-preview",
  "2021-11-01",
  "2022-06-01",
  "2022-10-01",
  "2023-08-01",
  "2023-08-30-preview",
  "2023-10-01",
  "2025-03-02-preview",
  "2025-06-30",
  "2026-09-23",
];
/** Where a path begins like this, these api-versions only. */
const versionsOfPaths: readonly (readonly [prefix: string, versions: readonly string[]])[] = [
  ["/teamsUser/", apiVersions.slice(apiVersions.indexOf("2021-10-31-preview"))],
  ["/access/entra/", ["2025-03-02-preview"]],
  ["/access/teamsExtension/", ["2025-03-02-preview", "2025-06-30", "2026-09-23"]],
];

/** Refuses an `api-version` that does not exist, and names those that do. */
export const checkApiVersion = createMiddleware(async (c, next) => {
  const [, supported = apiVersions] = versionsOfPaths.find(([prefix]) => c.req.path.startsWith(prefix)) ?? [];
  c.header("api-supported-versions", supported.join(", "));
  const requested = c.req.query("api-version") ?? "";
  if (!supported.includes(requested)) throw unsupportedApiVersion(c, requested);
  await next();
});

function unsupportedApiVersion(c: Context, requested: string): CommunicationError {
  const uri = c.req.url.split("?")[0];
  return new CommunicationError({
    status: 400,
    code: "UnsupportedApiVersion",
    message: `The HTTP resource that matches the request URI '${uri}' does not support the API version '${requested}'.`,
  });
}
