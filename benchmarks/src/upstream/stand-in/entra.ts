import type { ServiceHandler } from "./handler.js";
import { CLIENT_ID, ISSUERS, opaque, type SigningKey, TENANT_ID } from "./users.js";

/** What Microsoft writes where metadata or a key serves many tenants. */
const ANY_TENANT = "{tenantid}";
const LIFETIME_IN_SECONDS = 4_500;

/** Discovery, keys and On-Behalf-Of. */
export function createEntra({ publicJwk }: SigningKey): ServiceHandler {
  return ({ method, path, query, host, body }, origin) => {
    if (method === "POST" && path.endsWith("/oauth2/v2.0/token")) return { status: 200, body: tokenResponse(body) };
    if (path === "/common/discovery/instance") return { status: 200, body: instanceDiscovery(query, origin, host) };
    if (path.endsWith("/.well-known/openid-configuration")) {
      const version = path.includes("/v2.0/") ? "v2" : "v1";
      return { status: 200, body: metadata(version, path.split("/")[1] ?? "", origin) };
    }
    if (path.endsWith("/discovery/v2.0/keys")) {
      return { status: 200, body: { keys: [{ ...publicJwk, issuer: ISSUERS.v2(ANY_TENANT) }] } };
    }
    if (path.endsWith("/discovery/keys")) return { status: 200, body: { keys: [publicJwk] } };
    return { status: 404, body: { error: "invalid_request" } };
  };
}

function metadata(version: "v1" | "v2", tenant: string, origin: string) {
  const oauth2 = version === "v1" ? "oauth2" : "oauth2/v2.0";
  const keys = version === "v1" ? "discovery/keys" : "discovery/v2.0/keys";
  return {
    issuer: ISSUERS[version](tenant === "common" ? ANY_TENANT : tenant),
    authorization_endpoint: `${origin}/${tenant}/${oauth2}/authorize`,
    token_endpoint: `${origin}/${tenant}/${oauth2}/token`,
    end_session_endpoint: `${origin}/${tenant}/${oauth2}/logout`,
    jwks_uri: `${origin}/${tenant}/${keys}`,
    response_types_supported: ["code"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

function instanceDiscovery(query: string, origin: string, host: string) {
  const endpoint = new URLSearchParams(query).get("authorization_endpoint") ?? origin;
  const tenant = new URL(endpoint).pathname.split("/")[1] ?? "common";
  const known = new URL(endpoint).host;
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: known, preferred_cache: known, aliases: [...new Set([known, host])] }],
  };
}

/** The Graph token starts with the user's object id, which is all that the Graph of the stand-in reads. */
function tokenResponse(body: string) {
  const parameters = new URLSearchParams(body);
  const objectId = objectIdOf(parameters.get("assertion") ?? "");
  const scope = parameters.get("scope") ?? "";
  return {
    token_type: "Bearer",
    scope: `${scope} https://graph.microsoft.com/User.Read https://graph.microsoft.com/User.ReadWrite`,
    expires_in: LIFETIME_IN_SECONDS,
    ext_expires_in: LIFETIME_IN_SECONDS,
    access_token: `${objectId}.${opaque(1_300)}`,
    refresh_token: opaque(900),
    id_token: unsignedIdToken(objectId),
    client_info: encode({ uid: objectId, utid: TENANT_ID }),
  };
}

function unsignedIdToken(objectId: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: CLIENT_ID,
    iss: ISSUERS.v2(TENANT_ID),
    iat: now,
    nbf: now,
    exp: now + LIFETIME_IN_SECONDS,
    name: "Fixture User",
    oid: objectId,
    preferred_username: "fixture@home.example",
    sub: opaque(43),
    tid: TENANT_ID,
    ver: "2.0",
  };
  return `${encode({ alg: "RS256", typ: "JWT", kid: "stand-in" })}.${encode(claims)}.${opaque(342)}`;
}

function objectIdOf(assertion: string): string {
  const claims: { oid?: unknown } = JSON.parse(Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString());
  return String(claims.oid);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
