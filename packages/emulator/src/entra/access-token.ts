import { createHash, randomBytes } from "node:crypto";
import type { JWTPayload } from "jose";
import type { ApplicationFixture, TenantFixture } from "../fixtures.js";
import { type Directory, type Resource, servicePrincipalId, type User } from "./directory.js";
import type { Issuers } from "./issuers.js";
import { multiFactorContext, type SignIn } from "./sign-in.js";

/** Entra ID dates its tokens five minutes back, so that a slow clock at the API does not reject them. */
const backdatedInSeconds = 300;

/** How the client proved itself: `appidacr` / `azpacr`. */
export type ClientAuthentication = "none" | "secret" | "certificate";
const authenticationReference = { none: "0", secret: "1", certificate: "2" } satisfies Record<
  ClientAuthentication,
  string
>;

export interface AccessTokenRequest {
  readonly tenant: TenantFixture;
  readonly client: ApplicationFixture;
  readonly clientAuthentication: ClientAuthentication;
  readonly clientCapabilities: readonly string[];
  readonly resource: Resource;
  /** The identifier the resource was asked for with: `aud` of a v1.0 token. */
  readonly audience: string;
  readonly version?: "1.0" | "2.0";
  /** Absent for an app-only token. */
  readonly signIn?: SignIn;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** Seconds since the epoch. */
  readonly now: number;
  readonly lifetimeInSeconds: number;
  /** `nbf`, where the client asked for a later one than usual. */
  readonly notBefore?: number | undefined;
}

/** The claims of Microsoft's "Access token claims reference", for either token version. */
export function accessTokenClaims(request: AccessTokenRequest, issuers: Issuers, directory: Directory): JWTPayload {
  const { tenant, resource, client, version = resource.accessTokenVersion } = request;
  return {
    aud: version === "1.0" ? request.audience : resource.clientId,
    iss: version === "1.0" ? issuers.v1(tenant.id) : issuers.v2(tenant.id),
    ...lifetime(request.now, request.lifetimeInSeconds, request.notBefore),
    aio: opaque(32),
    ...clientClaims(client, request.clientAuthentication, version),
    ...(request.signIn
      ? userClaims(request.signIn, request, version, issuers, directory)
      : applicationClaims(request, issuers)),
    rh: `1.${opaque(24)}.`,
    tid: tenant.id,
    uti: opaque(16),
    ver: version,
    ...(request.roles.length > 0 && { roles: request.roles }),
    ...(resource.optionalClaims?.clientCapabilities &&
      request.clientCapabilities.length > 0 && { xms_cc: request.clientCapabilities }),
  };
}

/** `iat` and `nbf` five minutes back (further for a token that is to have expired already), `exp` from now. */
export function lifetime(now: number, lifetimeInSeconds: number, notBefore = 0) {
  const issuedAt = now + Math.min(lifetimeInSeconds, 0) - backdatedInSeconds;
  return { iat: issuedAt, nbf: Math.max(issuedAt, Math.min(notBefore, now)), exp: now + lifetimeInSeconds };
}

/** `sub`: the same user has a different one in each application. */
export function pairwiseSubject(user: User, clientId: string): string {
  return createHash("sha256").update(`${clientId}/${user.objectId}`).digest("base64url");
}

/** `idp`, which only guests' tokens carry. */
export function identityProvider(user: User, issuers: Issuers, directory: Directory) {
  return user.homeAccount && { idp: issuers.v1(directory.tenant(user.homeAccount.tenant).id) };
}

export function opaque(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

function clientClaims(client: ApplicationFixture, authentication: ClientAuthentication, version: "1.0" | "2.0") {
  const reference = authenticationReference[authentication];
  return version === "1.0"
    ? { appid: client.clientId, appidacr: reference }
    : { azp: client.clientId, azpacr: reference };
}

function userClaims(
  { user, multiFactor, authenticationContexts }: SignIn,
  { resource, scopes }: AccessTokenRequest,
  version: "1.0" | "2.0",
  issuers: Issuers,
  directory: Directory,
) {
  const acrs = [...(multiFactor ? [multiFactorContext] : []), ...authenticationContexts];
  return {
    ...(version === "1.0"
      ? {
          acr: "1",
          amr: multiFactor ? ["pwd", "mfa"] : ["pwd"],
          unique_name: user.homeAccount ? user.email : user.userPrincipalName,
          upn: user.userPrincipalName,
        }
      : { preferred_username: user.homeAccount ? user.email : user.userPrincipalName }),
    ...(acrs.length > 0 && { acrs }),
    ...identityProvider(user, issuers, directory),
    name: user.displayName,
    oid: user.objectId,
    scp: scopes.join(" "),
    sub: pairwiseSubject(user, resource.clientId),
    ...(resource.optionalClaims?.tokenType === "app-and-user" && { idtyp: "user" }),
  };
}

function applicationClaims({ client, tenant, resource }: AccessTokenRequest, issuers: Issuers) {
  const objectId = servicePrincipalId(client, tenant);
  return {
    idp: issuers.v1(tenant.id),
    oid: objectId,
    sub: objectId,
    ...(resource.optionalClaims?.tokenType && { idtyp: "app" }),
  };
}
