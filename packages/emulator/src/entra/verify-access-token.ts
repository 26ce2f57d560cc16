import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import type { EntraContext } from "./context.js";

/** Verifies signature, issuer, lifetime and audience of an access token issued here; rejects with a jose error otherwise. */
export async function verifyAccessToken(
  token: string,
  audiences: readonly string[],
  { keys, issuers, directory, now }: EntraContext,
): Promise<JWTPayload> {
  const keySet = createLocalJWKSet({ keys: keys.published.map(({ publicJwk }) => publicJwk) });
  const { payload } = await jwtVerify(token, keySet, {
    algorithms: ["RS256"],
    audience: [...audiences],
    requiredClaims: ["exp", "iat", "tid", "ver"],
    currentDate: new Date(now()),
  });
  const tenant = directory.findTenant(String(payload["tid"]));
  const issuer = tenant && (payload["ver"] === "1.0" ? issuers.v1(tenant.id) : issuers.v2(tenant.id));
  if (issuer === undefined || payload.iss !== issuer) {
    throw new errors.JWTClaimValidationFailed('unexpected "iss" claim value', payload, "iss", "check_failed");
  }
  return payload;
}
