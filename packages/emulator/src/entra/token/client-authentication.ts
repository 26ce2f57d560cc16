import { createHash, timingSafeEqual } from "node:crypto";
import { decodeJwt, importX509, errors as jose, jwtVerify } from "jose";
import type { ClientAuthentication } from "../access-token.js";
import type { EntraContext } from "../context.js";
import { type Application, isTenantGroup } from "../directory.js";
import type { EntraError } from "../errors/entra-error.js";
import * as errors from "../errors/index.js";
import type { Parameters } from "../protocol/parameters.js";
import { tenantOfSegment } from "../tenant-segment.js";

export interface AuthenticatedClient {
  readonly client: Application;
  readonly authentication: ClientAuthentication;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const clockSkewInSeconds = 300;

/** Finds the client and checks its secret (in the body or as HTTP Basic) or its signed assertion (`private_key_jwt`). */
export async function authenticateClient(
  parameters: Parameters,
  authorization: string | undefined,
  segment: string,
  context: EntraContext,
): Promise<AuthenticatedClient> {
  const basic = parseBasic(authorization);
  const assertion = parameters.optional("client_assertion");
  const client = findClient(
    basic?.clientId ?? parameters.optional("client_id") ?? subjectOf(assertion) ?? parameters.required("client_id"),
    segment,
    context,
  );
  const secret = basic?.secret ?? parameters.optional("client_secret");

  if (client.publicClient) {
    if (secret !== undefined || assertion !== undefined) throw errors.publicClientWithCredential();
    return { client, authentication: "none" };
  }
  if (assertion !== undefined) {
    if (parameters.required("client_assertion_type") !== assertionType) {
      throw errors.malformedRequest("unknown 'client_assertion_type'");
    }
    await verifyClientAssertion(assertion, client, segment, context);
    return { client, authentication: "certificate" };
  }
  if (secret === undefined) throw errors.credentialMissing();
  if (client.clientSecret === undefined || !equal(secret, client.clientSecret))
    throw errors.invalidClientSecret(client);
  return { client, authentication: "secret" };
}

/** The application, if it is installed in the tenant the request goes to. */
export function findClient(clientId: string, segment: string, { directory }: EntraContext): Application {
  const client = directory.findApplication(clientId);
  if (isTenantGroup(segment)) {
    if (client === undefined) throw errors.applicationNotFound(clientId, segment);
    return client;
  }
  const tenant = tenantOfSegment(segment, directory);
  if (client === undefined || !directory.isInTenant(client, tenant)) {
    throw errors.applicationNotFound(clientId, tenant.displayName);
  }
  return client;
}

async function verifyClientAssertion(
  assertion: string,
  client: Application,
  segment: string,
  { origin, now }: EntraContext,
): Promise<void> {
  let failure: EntraError = errors.clientAssertionSignature();
  for (const certificate of client.certificates ?? []) {
    try {
      await jwtVerify(assertion, (header) => importX509(certificate, header?.alg ?? "RS256"), {
        algorithms: ["RS256", "PS256"],
        issuer: client.clientId,
        subject: client.clientId,
        audience: [`${origin()}/${segment}/oauth2/v2.0/token`, `${origin()}/${segment}/v2.0`],
        requiredClaims: ["exp"],
        currentDate: new Date(now()),
        clockTolerance: clockSkewInSeconds,
      });
      return;
    } catch (error) {
      const isOutsideItsTime =
        error instanceof jose.JWTExpired || (error instanceof jose.JWTClaimValidationFailed && error.claim === "nbf");
      if (isOutsideItsTime) failure = errors.clientAssertionExpired();
      else if (!(error instanceof jose.JOSEError)) throw error;
    }
  }
  throw failure;
}

/** HTTP Basic with form-encoded halves (RFC 6749, section 2.3.1). */
function parseBasic(authorization: string | undefined): { clientId: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const decode = (value: string) => new URLSearchParams(`value=${value}`).get("value") ?? "";
  return { clientId: decode(clientId), secret: decode(secret) };
}

function subjectOf(assertion: string | undefined): string | undefined {
  try {
    return assertion === undefined ? undefined : decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

function equal(left: string, right: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
