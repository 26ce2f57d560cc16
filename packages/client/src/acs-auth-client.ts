import type { AbortSignalLike } from "@azure/abort-controller";
import { withAbortSignal } from "./errors/aborted.js";
import { AcsAuthError } from "./errors/acs-auth-error.js";
import { callServer } from "./http/call-server.js";
import { type AcsToken, type AcsUser, type AcsUserToken, readToken, readUser, readUserToken } from "./http/replies.js";
import type { Operation, Reply } from "./http/send.js";
import { type AcsAuthClientOptions, type ClientSettings, clientSettings } from "./options.js";

/** What a token may allow. */
export type TokenScope = "chat" | "voip" | "chat.join" | "chat.join.limited" | "voip.join";

/** Options of every call of an {@link AcsAuthClient}. */
export interface CallOptions {
  /** Ends the call early; it rejects with `aborted`. */
  readonly abortSignal?: AbortSignalLike;
}

/** Options of {@link AcsAuthClient.issueToken}. */
export interface IssueTokenOptions extends CallOptions {
  /** Default: the most that the server lets the user have. */
  readonly scopes?: readonly TokenScope[];
  /** The token's lifetime in minutes, 60 to 1,440. Default: the most that the server lets the user have. */
  readonly tokenExpiresInMinutes?: number;
}

/** Options of {@link AcsAuthClient.exchangeTeamsToken}. */
export interface ExchangeTeamsTokenOptions extends CallOptions {
  /** The user's Entra ID token with `Teams.ManageCalls`, `Teams.ManageChats` or both. */
  readonly teamsUserAadToken: string;
}

/** What {@link AcsAuthClient.getOrCreateUser} resolves to. */
export interface GetOrCreateUserResult extends AcsUser {
  /** Whether this call created the identity. */
  readonly created: boolean;
}

/**
 * The routes of a server with `@acs-auth/http`, called as the signed-in user.
 *
 * Every call rejects with an {@link AcsAuthError} if it fails: with the server's code, such as `forbidden`, or a code of
 * the client's own. Failures that can pass (the network, 408, 429, 5xx) are tried again up to `maxRetries` times, not
 * before the server's `Retry-After`; one of more than 10 seconds is passed on as `retryAfterInMs` instead. An access token
 * that the server refuses is replaced once.
 */
export class AcsAuthClient {
  readonly #settings: ClientSettings;

  /** @throws TypeError that names an option which is missing or makes no sense. */
  constructor(options: AcsAuthClientOptions) {
    this.#settings = clientSettings(options);
  }

  /** The user's identity; `undefined` if there is none yet. */
  async getUser(options: CallOptions = {}): Promise<AcsUser | undefined> {
    try {
      return readUser(await this.#call({ method: "GET", path: "/api/user" }, options));
    } catch (error) {
      if (AcsAuthError.is(error, "identity_not_found")) return undefined;
      throw error;
    }
  }

  /** The user's identity, created if there is none yet. May be repeated. */
  async getOrCreateUser(options: CallOptions = {}): Promise<GetOrCreateUserResult> {
    const reply = await this.#call({ method: "POST", path: "/api/user" }, options);
    return { ...readUser(reply), created: reply.status === 201 };
  }

  /** Deletes the user's identity with all its data and tokens. Succeeds as well if there is none. */
  async deleteUser(options: CallOptions = {}): Promise<void> {
    await this.#call({ method: "DELETE", path: "/api/user" }, options);
  }

  /**
   * Issues an ACS token of the user's identity. `identity_not_found` if there is none and the server does not create it by
   * itself (`createOnToken`); `forbidden` for more than the user may have.
   */
  async issueToken({ scopes, tokenExpiresInMinutes, abortSignal }: IssueTokenOptions = {}): Promise<AcsUserToken> {
    const body = {
      ...(scopes ? { scopes } : {}),
      ...(tokenExpiresInMinutes === undefined ? {} : { expiresInMinutes: tokenExpiresInMinutes }),
    };
    return readUserToken(await this.#call({ method: "POST", path: "/api/token", body }, { abortSignal }));
  }

  /** Revokes all tokens of the user's identity: "sign out everywhere". */
  async revokeTokens(options: CallOptions = {}): Promise<void> {
    await this.#call({ method: "POST", path: "/api/token/revoke" }, options);
  }

  /** Exchanges a Teams user's Entra ID token for an ACS token. `invalid_teams_token` if the server refuses it. */
  async exchangeTeamsToken({ teamsUserAadToken, abortSignal }: ExchangeTeamsTokenOptions): Promise<AcsToken> {
    if (typeof teamsUserAadToken !== "string") throw new TypeError("teamsUserAadToken must be a string.");
    const body = { accessToken: teamsUserAadToken };
    return readToken(await this.#call({ method: "POST", path: "/api/token/teams", body }, { abortSignal }));
  }

  #call(operation: Operation, { abortSignal }: { readonly abortSignal?: AbortSignalLike | undefined }): Promise<Reply> {
    return withAbortSignal(abortSignal, (signal) => callServer(operation, this.#settings, signal));
  }
}
