import type { JWTPayload } from "jose";
import type { TenantFixture } from "../fixtures.js";
import { identityProvider, lifetime, opaque, pairwiseSubject } from "./access-token.js";
import type { EntraContext } from "./context.js";
import type { Application } from "./directory.js";
import type { SignIn } from "./sign-in.js";

export interface IdTokenRequest {
  readonly tenant: TenantFixture;
  readonly client: Application;
  readonly signIn: SignIn;
  readonly nonce: string | undefined;
  /** Seconds since the epoch. */
  readonly now: number;
}

const idTokenLifetimeInSeconds = 3600;

/** The claims of Microsoft's "ID token claims reference", v2.0. */
export function idTokenClaims(request: IdTokenRequest, { issuers, directory }: EntraContext): JWTPayload {
  const { tenant, client, signIn, nonce, now } = request;
  const { user } = signIn;
  return {
    aud: client.clientId,
    iss: issuers.v2(tenant.id),
    ...lifetime(now, idTokenLifetimeInSeconds),
    auth_time: signIn.authenticatedAt,
    email: user.email,
    ...identityProvider(user, issuers, directory),
    name: user.displayName,
    ...(nonce !== undefined && { nonce }),
    oid: user.objectId,
    preferred_username: user.homeAccount ? user.email : user.userPrincipalName,
    rh: `1.${opaque(24)}.`,
    sub: pairwiseSubject(user, client.clientId),
    tid: tenant.id,
    uti: opaque(16),
    ver: "2.0",
  };
}
