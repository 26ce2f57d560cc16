export { AcsAuthError, type AcsAuthErrorCode, type AcsAuthErrorOptions } from "./errors/acs-auth-error.js";
export type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
} from "./identity-store.js";
export type { AuthenticatedUser, UserKey } from "./user.js";
export type { TokenVerifier, VerifyTokenOptions } from "./verification/token-verifier.js";
