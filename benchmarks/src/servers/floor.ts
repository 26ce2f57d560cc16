import { createRemoteJWKSet, jwtVerify } from "jose";
import { serve } from "./serve.js";

const BODY = JSON.stringify({
  token: "A".repeat(780),
  expiresOn: "2026-01-01T00:00:00.000Z",
  user: { communicationUserId: "8:acs:e0000000-0000-4000-8000-000000000001_00000001-0000-4000-8000-000000000001" },
});

/** The least that a server can do with such a request: verify the token and answer something that never changes. */
serve(({ entraUrl, tenantId, clientId }) => {
  const keys = createRemoteJWKSet(new URL(`${entraUrl}/${tenantId}/discovery/v2.0/keys`));
  const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
  return async (request, response) => {
    const token = (request.headers.authorization ?? "").slice("Bearer ".length);
    try {
      await jwtVerify(token, keys, { algorithms: ["RS256"], audience: clientId, issuer });
      response.writeHead(201, { "content-type": "application/json", "content-length": BODY.length }).end(BODY);
    } catch {
      response.writeHead(401).end();
    }
  };
});
