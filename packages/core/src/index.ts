export { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "./errors/acs-auth-error.js";
// For authors of stores.
export { type ReadableHeaders, retryAfterInMs } from "./errors/retry-after.js";
export { safeCause } from "./errors/safe-cause.js";
export type {
  AcsAccessToken,
  AcsIdentityClient,
  AcsOperationOptions,
  CommunicationUser,
  IssuedToken,
  TokenScope,
} from "./identity-client/acs-identity-client.js";
export { type CreateIdentityClientOptions, createIdentityClient } from "./identity-client/create-identity-client.js";
export type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
  ListableIdentityStore,
  ListMappingsOptions,
  MappingPage,
  UnreadableMapping,
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
export type { DeleteUserResult, GetOrCreateUserResult } from "./service/results.js";
export { TOKEN_LIFETIME_IN_MINUTES, TOKEN_SCOPES } from "./service/token-request.js";
export type { AuthenticatedUser, UserKey } from "./user.js";
export { getBearerToken } from "./verification/bearer-token.js";
export type { CommonVerifierOptions } from "./verification/common-options.js";
export { EntraAuthorityHosts } from "./verification/entra/entra-authority-hosts.js";
export { EntraTokenVerifier } from "./verification/entra/entra-token-verifier.js";
export type { AllowedTenants, EntraTokenVerifierOptions } from "./verification/entra/entra-token-verifier-options.js";
export type { KeySourceOptions } from "./verification/keys/key-source-options.js";
export { OidcTokenVerifier } from "./verification/oidc/oidc-token-verifier.js";
export type {
  OidcSignatureAlgorithm,
  OidcTokenVerifierOptions,
} from "./verification/oidc/oidc-token-verifier-options.js";
export type { TokenRejectionReason } from "./verification/rejection.js";
export {
  TeamsTokenVerifier,
  type TeamsTokenVerifierOptions,
  type VerifyTeamsTokenOptions,
} from "./verification/teams/teams-token-verifier.js";
export type { TeamsTokenCheck } from "./verification/teams-token-check.js";
export type { TokenVerifier, VerifyTokenOptions } from "./verification/token-verifier.js";
