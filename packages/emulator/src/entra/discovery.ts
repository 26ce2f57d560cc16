import { Hono } from "hono";
import type { EntraContext } from "./context.js";
import { isTenantGroup } from "./directory.js";
import * as errors from "./errors/index.js";
import { tenantTemplate } from "./issuers.js";
import { tenantOfSegment } from "./tenant-segment.js";

/** OpenID Connect discovery (v1.0 and v2.0), the keys documents and instance discovery. */
export function discoveryRoutes(context: EntraContext): Hono {
  const { directory, issuers, keys, origin } = context;

  /** The tenant's path segment and the id its issuer is made of. */
  const resolve = (segment: string) => {
    if (isTenantGroup(segment)) return { segment, issuerTenant: tenantTemplate };
    const { id } = tenantOfSegment(segment, directory);
    return { segment: id, issuerTenant: id };
  };

  return new Hono()
    .get("/common/discovery/instance", (c) => {
      const endpoint = c.req.query("authorization_endpoint");
      const url = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
      if (url === undefined) throw errors.missingParameter("authorization_endpoint");
      const { host } = new URL(origin());
      return c.json({
        tenant_discovery_endpoint: `${origin()}/${url.pathname.split("/")[1] ?? "common"}/v2.0/.well-known/openid-configuration`,
        "api-version": "1.1",
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      });
    })
    .get("/:tenant/.well-known/openid-configuration", (c) => {
      const { segment, issuerTenant } = resolve(c.req.param("tenant"));
      return c.json({
        ...metadata,
        issuer: issuers.v1(issuerTenant),
        authorization_endpoint: `${origin()}/${segment}/oauth2/authorize`,
        token_endpoint: `${origin()}/${segment}/oauth2/token`,
        end_session_endpoint: `${origin()}/${segment}/oauth2/logout`,
        jwks_uri: `${origin()}/common/discovery/keys`,
      });
    })
    .get("/:tenant/v2.0/.well-known/openid-configuration", (c) => {
      const { segment, issuerTenant } = resolve(c.req.param("tenant"));
      return c.json({
        ...metadata,
        issuer: issuers.v2(issuerTenant),
        authorization_endpoint: `${origin()}/${segment}/oauth2/v2.0/authorize`,
        token_endpoint: `${origin()}/${segment}/oauth2/v2.0/token`,
        end_session_endpoint: `${origin()}/${segment}/oauth2/v2.0/logout`,
        jwks_uri: `${origin()}/${segment}/discovery/v2.0/keys`,
      });
    })
    .get("/:tenant/discovery/keys", (c) => {
      resolve(c.req.param("tenant"));
      return c.json({ keys: keys.published.map(({ publicJwk }) => publicJwk) });
    })
    .get("/:tenant/discovery/v2.0/keys", (c) => {
      resolve(c.req.param("tenant"));
      const issuer = issuers.v2(tenantTemplate);
      return c.json({ keys: keys.published.map(({ publicJwk }) => ({ ...publicJwk, issuer })) });
    });
}

const metadata = {
  token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
  response_modes_supported: ["query", "fragment", "form_post"],
  response_types_supported: ["code"],
  scopes_supported: ["openid", "profile", "email", "offline_access"],
  subject_types_supported: ["pairwise"],
  id_token_signing_alg_values_supported: ["RS256"],
  code_challenge_methods_supported: ["S256"],
  request_uri_parameter_supported: false,
  claims_supported: ["sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "oid", "tid", "ver"],
  tenant_region_scope: null,
  cloud_instance_name: "microsoftonline.com",
  msgraph_host: "graph.microsoft.com",
};
