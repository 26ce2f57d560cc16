export {
  AcsAuthClient,
  type CallOptions,
  type ExchangeTeamsTokenOptions,
  type GetOrCreateUserResult,
  type IssueTokenOptions,
  type TokenScope,
} from "./acs-auth-client.js";
export { createAcsTokenCredential } from "./credential/create-acs-token-credential.js";
export type {
  AcsTokenCredentialOptions,
  RefreshEvents,
  TeamsTokenCredentialOptions,
  UserTokenCredentialOptions,
} from "./credential/options.js";
export {
  AcsAuthError,
  type AcsAuthErrorCode,
  type AcsAuthErrorOptions,
  type ClientErrorCode,
} from "./errors/acs-auth-error.js";
export type { AcsToken, AcsUser, AcsUserToken } from "./http/replies.js";
export type { AcsAuthClientOptions } from "./options.js";
export type { AccessTokenRequest, GetAccessToken } from "./sign-in.js";
