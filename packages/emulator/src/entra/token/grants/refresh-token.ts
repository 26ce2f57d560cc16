import type { EntraContext } from "../../context.js";
import * as errors from "../../errors/index.js";
import { scopeParameter } from "../../protocol/scopes.js";
import { restoreSignIn } from "../../sign-in.js";
import type { TokenRequest, TokenResponse } from "../token-request.js";
import { issueUserTokens, type RefreshTokenContent } from "../user-tokens.js";
import { assertSameTenant } from "./grant-tenant.js";

/** RFC 6749, section 6. As in Entra ID, each use hands out a new refresh token and the one used stays valid. */
export async function refreshTokenGrant(request: TokenRequest, context: EntraContext): Promise<TokenResponse> {
  const { parameters, client } = request;
  const presented = parameters.required("refresh_token");
  const refreshToken = await context.sealedTokens.unseal<RefreshTokenContent>("refresh-token", presented);
  if (refreshToken === "expired") throw errors.grantExpired();
  if (refreshToken === "malformed" || refreshToken.clientId !== client.clientId) throw errors.grantMalformed();
  const tenant = assertSameTenant(request.segment, refreshToken.tenantId, context);
  const signIn = restoreSignIn(refreshToken.signIn, context);
  if (signIn === undefined) throw errors.sessionRevoked();
  return issueUserTokens(request, { tenant, signIn, scope: scopeParameter(parameters) ?? refreshToken.scope }, context);
}
