import { createLocalJWKSet, type JWTPayload, errors as jose, jwtVerify } from "jose";
import type { TenantFixture } from "../../../fixtures.js";
import type { EntraContext } from "../../context.js";
import { type Application, isTenantGroup } from "../../directory.js";
import type { EntraError } from "../../errors/entra-error.js";
import * as errors from "../../errors/index.js";
import { multiFactorContext, type SignIn } from "../../sign-in.js";
import { tenantOfSegment } from "../../tenant-segment.js";

/** Checks an On-Behalf-Of assertion: a user's access token, issued here, for the client that presents it. */
export async function verifyAssertion(
  assertion: string,
  client: Application,
  segment: string,
  context: EntraContext,
): Promise<{ readonly tenant: TenantFixture; readonly signIn: SignIn }> {
  const { directory, issuers } = context;
  const claims = await verifySignature(assertion, context);
  const clientId = claims["azp"] ?? claims["appid"];
  if (clientId === undefined) throw errors.assertionIsIdToken();

  const audiences = [client.clientId, ...(client.api?.identifierUris ?? [])];
  if (typeof claims.aud !== "string" || !audiences.includes(claims.aud)) throw errors.assertionAudience(client);

  const tenant = directory.findTenant(String(claims["tid"]));
  const issuer = tenant && (claims["ver"] === "1.0" ? issuers.v1(tenant.id) : issuers.v2(tenant.id));
  if (tenant === undefined || claims.iss !== issuer) throw errors.invalidAssertion("The issuer is not valid.");
  if (!isTenantGroup(segment) && tenantOfSegment(segment, directory) !== tenant) {
    throw errors.invalidAssertion("The assertion is of another tenant.");
  }
  if (claims["scp"] === undefined) throw errors.onBehalfOfApplication(String(clientId));

  const user = directory.findUserByObjectId(String(claims["oid"]));
  if (user === undefined || directory.tenantOf(user) !== tenant)
    throw errors.invalidAssertion("There is no such user.");
  const contexts = strings(claims["acrs"]);
  return {
    tenant,
    signIn: {
      user,
      authenticatedAt: Number(claims.iat),
      multiFactor: contexts.includes(multiFactorContext) || strings(claims["amr"]).includes("mfa"),
      authenticationContexts: contexts.filter((value) => value !== multiFactorContext),
    },
  };
}

async function verifySignature(assertion: string, { keys, now }: EntraContext): Promise<JWTPayload> {
  const keySet = createLocalJWKSet({ keys: keys.published.map(({ publicJwk }) => publicJwk) });
  try {
    const { payload } = await jwtVerify(assertion, keySet, {
      algorithms: ["RS256"],
      requiredClaims: ["exp", "iat"],
      currentDate: new Date(now()),
    });
    return payload;
  } catch (error) {
    throw assertionError(error);
  }
}

function assertionError(error: unknown): EntraError {
  if (!(error instanceof jose.JOSEError)) throw error;
  if (error instanceof jose.JWTExpired) return errors.assertionExpired();
  if (error instanceof jose.JWTClaimValidationFailed && error.claim === "nbf") return errors.assertionExpired();
  if (error instanceof jose.JWKSNoMatchingKey) return errors.invalidAssertion("The key was not found.");
  return errors.invalidAssertion("The assertion could not be verified.");
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
