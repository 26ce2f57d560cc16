import { type Context, Hono } from "hono";
import type { EntraContext } from "../context.js";
import { isTenantGroup } from "../directory.js";
import * as errors from "../errors/index.js";
import { Parameters } from "../protocol/parameters.js";
import { tenantOfSegment } from "../tenant-segment.js";
import { authenticateClient } from "./client-authentication.js";
import { authorizationCodeGrant } from "./grants/authorization-code.js";
import { clientCredentialsGrant } from "./grants/client-credentials.js";
import { onBehalfOfGrant } from "./grants/on-behalf-of.js";
import { refreshTokenGrant } from "./grants/refresh-token.js";
import type { Grant } from "./token-request.js";

const grants = new Map<string, Grant>([
  ["authorization_code", authorizationCodeGrant],
  ["refresh_token", refreshTokenGrant],
  ["client_credentials", clientCredentialsGrant],
  ["urn:ietf:params:oauth:grant-type:jwt-bearer", onBehalfOfGrant],
]);

/** The token endpoint, also under its v1.0 path, where `resource` may stand for `scope`. */
export function tokenRoutes(context: EntraContext): Hono {
  const answer = async (c: Context, segment: string) => {
    if (!isTenantGroup(segment)) tenantOfSegment(segment, context.directory);
    const isForm = c.req.header("content-type")?.toLowerCase().startsWith("application/x-www-form-urlencoded");
    const parameters = new Parameters(new URLSearchParams(isForm ? await c.req.text() : ""));
    const grantType = parameters.required("grant_type");
    const grant = grants.get(grantType);
    if (grant === undefined) throw errors.unsupportedGrant(grantType);
    const client = await authenticateClient(parameters, c.req.header("authorization"), segment, context);
    const response = await grant({ ...client, parameters, segment }, context);
    return c.json(response, 200, { "Cache-Control": "no-store", Pragma: "no-cache" });
  };

  return new Hono()
    .post("/:tenant/oauth2/v2.0/token", (c) => answer(c, c.req.param("tenant")))
    .post("/:tenant/oauth2/token", (c) => answer(c, c.req.param("tenant")));
}
