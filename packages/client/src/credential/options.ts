import type { AbortSignalLike } from "@azure/abort-controller";
import type { TokenScope } from "../acs-auth-client.js";
import type { AcsAuthError } from "../errors/acs-auth-error.js";
import type { AcsAuthClientOptions } from "../options.js";
import type { GetAccessToken } from "../sign-in.js";

/** What a credential tells about its refreshes. */
export interface RefreshEvents {
  /** Called with every new token's end of life; `getToken()` already resolves to that token. */
  readonly onRefreshed?: (refreshed: { readonly expiresOn: Date }) => void;
  /**
   * Called when a refresh has failed. The credential tries again by itself after `retryInMs`; `undefined` means that this
   * failure does not pass by itself, and that the next `getToken()` after the token's end of life tries again. The user may
   * have to sign in (`interaction_required`).
   */
  readonly onRefreshFailed?: (error: AcsAuthError, next: { readonly retryInMs: number | undefined }) => void;
}

interface TokenCredentialOptions extends AcsAuthClientOptions, RefreshEvents {
  /** Ends the fetch of the first token early. To end the credential itself, dispose of it. */
  readonly abortSignal?: AbortSignalLike;
}

/** Options for the tokens of the user's own ACS identity. */
export interface UserTokenCredentialOptions extends TokenCredentialOptions {
  /** Tokens are issued (`POST /api/token`). */
  readonly kind: "user";
  /** Default: the most that the server lets the user have. */
  readonly scopes?: readonly TokenScope[];
  /** The tokens' lifetime in minutes, 60 to 1,440. Default: the most that the server lets the user have. */
  readonly tokenExpiresInMinutes?: number;
}

/** Options for the tokens of the Teams user that the user is. */
export interface TeamsTokenCredentialOptions extends TokenCredentialOptions {
  /** Tokens are exchanged (`POST /api/token/teams`). */
  readonly kind: "teams";
  /**
   * Gets the user's Entra ID token with `Teams.ManageCalls`, `Teams.ManageChats` or both. An ACS token lives exactly as
   * long, so every refresh asks with `forceRefresh`. Challenges of the server are about `getAccessToken`; no `claims` come
   * here.
   */
  readonly getTeamsUserAadToken: GetAccessToken;
}

/** Options of `createAcsTokenCredential`. */
export type AcsTokenCredentialOptions = UserTokenCredentialOptions | TeamsTokenCredentialOptions;
