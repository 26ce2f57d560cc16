import type { AuthenticatedUser, VerifyTokenOptions } from "@acs-auth/core";

/** Tells who sent a request where that takes more than the bearer token; `EasyAuthVerifier` is one. */
export interface RequestAuthenticator {
  /**
   * @param request - the request, its body unread.
   * @throws AcsAuthError such as `missing_token`, `invalid_token`, `insufficient_scope`, `forbidden`.
   */
  authenticate(request: Request, options?: VerifyTokenOptions): Promise<AuthenticatedUser>;
}
