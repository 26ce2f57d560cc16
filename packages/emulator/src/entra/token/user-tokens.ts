import type { TenantFixture } from "../../fixtures.js";
import { accessTokenClaims } from "../access-token.js";
import { clientInfo } from "../client-info.js";
import type { EntraContext } from "../context.js";
import * as errors from "../errors/index.js";
import { idTokenClaims } from "../id-token.js";
import { claimsChallenge } from "../policies/multi-factor.js";
import { type ClaimsRequest, parseClaimsRequest } from "../protocol/claims-request.js";
import { grantedScope, parseScopes, type ResourceScopes, singleResource } from "../protocol/scopes.js";
import { type SignIn, type StoredSignIn, storeSignIn } from "../sign-in.js";
import { signToken } from "../token-signer.js";
import type { TokenRequest, TokenResponse } from "./token-request.js";

/** What a refresh token stands for. */
export interface RefreshTokenContent {
  readonly clientId: string;
  readonly tenantId: string;
  readonly signIn: StoredSignIn;
  readonly scope: string;
}

export interface UserGrant {
  readonly tenant: TenantFixture;
  readonly signIn: SignIn;
  readonly scope: string;
  readonly nonce?: string | undefined;
}

const refreshTokenLifetimeInSeconds = 90 * 24 * 60 * 60;

/** Issues the tokens of a grant that speaks for a user, once consent and sign-in suffice for them. */
export async function issueUserTokens(
  { client, authentication, parameters }: TokenRequest,
  { tenant, signIn, scope, nonce }: UserGrant,
  context: EntraContext,
): Promise<TokenResponse> {
  const { directory, keys, issuers } = context;
  const requestedScopes = parseScopes(scope, directory, tenant.displayName);
  const { openId } = requestedScopes;
  const requested = singleResource(requestedScopes, directory);
  const { resource, audience } = requested;
  const claims = parseClaimsRequest(parameters.optional("claims"));
  const granted = grantedScopes(requested, context.consents.granted(signIn.user, client, resource));
  if (granted === undefined) throw errors.consentMissing(client);
  assertSignInSuffices(signIn, requested, claims, parameters.optional("claims"), context);

  const now = Math.floor(context.now() / 1000);
  const lifetimeInSeconds = context.accessTokenLifetimeInSeconds;
  const accessToken = accessTokenClaims(
    {
      tenant,
      client,
      clientAuthentication: authentication,
      clientCapabilities: claims.capabilities,
      resource,
      audience,
      signIn,
      scopes: granted.length > 0 ? granted : openId,
      roles: [],
      now,
      lifetimeInSeconds,
      notBefore: claims.notBefore,
    },
    issuers,
    directory,
  );
  const refreshToken: RefreshTokenContent = {
    clientId: client.clientId,
    tenantId: tenant.id,
    signIn: storeSignIn(signIn, context),
    scope,
  };
  return {
    token_type: "Bearer",
    scope: grantedScope(openId, requested, granted),
    expires_in: lifetimeInSeconds,
    ext_expires_in: lifetimeInSeconds,
    access_token: await signToken(accessToken, keys.current),
    ...(openId.includes("offline_access") && {
      refresh_token: await context.sealedTokens.seal("refresh-token", refreshToken, refreshTokenLifetimeInSeconds),
    }),
    ...(openId.includes("openid") && {
      id_token: await signToken(idTokenClaims({ tenant, client, signIn, nonce, now }, context), keys.current),
    }),
    ...(parameters.optional("client_info") === "1" && { client_info: clientInfo(signIn.user, directory) }),
  };
}

/** What is granted of the scopes asked for, or `undefined` where consent is missing. */
function grantedScopes(requested: ResourceScopes, consented: readonly string[]): readonly string[] | undefined {
  if (requested.isDefault) return consented.length > 0 ? consented : undefined;
  return requested.scopes.every((scope) => consented.includes(scope)) ? requested.scopes : undefined;
}

function assertSignInSuffices(
  signIn: SignIn,
  { resource, audience }: ResourceScopes,
  claims: ClaimsRequest,
  claimsParameter: string | undefined,
  { multiFactor }: EntraContext,
): void {
  const policy = multiFactor.find(signIn.user, resource);
  if (policy !== undefined && !signIn.multiFactor) {
    throw errors.multiFactorRequired(audience, claimsChallenge(policy), policy.report);
  }
  const contextsMissing = claims.authenticationContexts.some((value) => !signIn.authenticationContexts.includes(value));
  if (claimsParameter !== undefined && (contextsMissing || (claims.multiFactor && !signIn.multiFactor))) {
    throw errors.multiFactorRequired(audience, claimsParameter);
  }
}
