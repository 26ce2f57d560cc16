import { createHash } from "node:crypto";
import type { EntraContext } from "../../context.js";
import * as errors from "../../errors/index.js";
import { scopeParameter } from "../../protocol/scopes.js";
import { restoreSignIn, type StoredSignIn } from "../../sign-in.js";
import type { TokenRequest, TokenResponse } from "../token-request.js";
import { issueUserTokens } from "../user-tokens.js";
import { assertSameTenant } from "./grant-tenant.js";

/** What an authorization code stands for. */
export interface AuthorizationCodeContent {
  readonly clientId: string;
  readonly tenantId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly signIn: StoredSignIn;
  readonly codeChallenge?: string | undefined;
  readonly nonce?: string | undefined;
}

/** RFC 6749, section 4.1.3, with PKCE (RFC 7636). */
export async function authorizationCodeGrant(request: TokenRequest, context: EntraContext): Promise<TokenResponse> {
  const { parameters, client } = request;
  const code = await context.sealedTokens.unseal<AuthorizationCodeContent>("code", parameters.required("code"));
  if (code === "expired") throw errors.grantExpired();
  if (code === "malformed" || code.clientId !== client.clientId) throw errors.grantMalformed();
  if (code.redirectUri !== parameters.required("redirect_uri")) throw errors.grantMalformed();
  const tenant = assertSameTenant(request.segment, code.tenantId, context);
  if (code.codeChallenge !== undefined) {
    const challenge = createHash("sha256").update(parameters.required("code_verifier")).digest("base64url");
    if (challenge !== code.codeChallenge) throw errors.codeVerifierMismatch();
  }
  const firstTime = context.redeemedCodes.redeem(code.id, code.expiresAt, Math.floor(context.now() / 1000));
  if (!firstTime) throw errors.codeRedeemed();
  const signIn = restoreSignIn(code.signIn, context);
  if (signIn === undefined) throw errors.sessionRevoked();
  return issueUserTokens(
    request,
    { tenant, signIn, scope: scopeParameter(parameters) ?? code.scope, nonce: code.nonce },
    context,
  );
}
