export { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "./errors/acs-auth-error.js";
export type {
  AcsAccessToken,
  AcsIdentityClient,
  AcsOperationOptions,
  TokenScope,
} from "./identity-client/acs-identity-client.js";
export { type CreateIdentityClientOptions, createIdentityClient } from "./identity-client/create-identity-client.js";
export type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
} from "./identity-store.js";
export { AcsAuthService } from "./service/acs-auth-service.js";
export type { DisownedReason } from "./service/disowned-identity.js";
export type {
  AcsAuthOperationOptions,
  AcsAuthServiceOptions,
  ExchangeTeamsTokenOptions,
  IssueTokenOptions,
} from "./service/options.js";
export type { OrphanedIdentity, OrphanedIdentityHook } from "./service/orphan-reporter.js";
export type { IssuedToken } from "./service/token-issuer.js";
export { TOKEN_LIFETIME_IN_MINUTES, TOKEN_SCOPES } from "./service/token-request.js";
export type { AuthenticatedUser, UserKey } from "./user.js";
export type { TeamsTokenCheck } from "./verification/teams-token-check.js";
export type { TokenVerifier, VerifyTokenOptions } from "./verification/token-verifier.js";
