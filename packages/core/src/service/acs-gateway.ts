import { AcsAuthError } from "../errors/acs-auth-error.js";
import type {
  AcsAccessToken,
  AcsIdentityClient,
  CommunicationUser,
  TokenScope,
} from "../identity-client/acs-identity-client.js";
import { isCommunicationUserId } from "../identity-client/communication-user-id.js";
import { makesSingleAttempts } from "../identity-client/create-identity-client.js";
import { type AcsFailure, toAcsFailure } from "./acs-failure.js";
import { type CallContext, operationOptions } from "./call-context.js";
import type { ResourceId } from "./resource-id.js";
import { retryDelayInMs } from "./retry.js";

/** Scopes and lifetime of a token, validated. */
export interface TokenRequest {
  readonly scopes: readonly TokenScope[];
  readonly tokenExpiresInMinutes: number;
}

/** Identities whose creation may have taken effect without this process learning their ids. */
export interface CreationObserver {
  /** One creation whose reply was lost. */
  possiblyCreated(error: AcsAuthError): void;
  /** The reply of a creation that came after the call had ended. */
  createdTooLate(communicationUserId: string): void;
}

/** Every request to ACS: retried within the call's time budget, its failures turned into `AcsAuthError`s. */
export class AcsGateway {
  readonly #client: AcsIdentityClient;
  readonly #resourceId: ResourceId;
  readonly #retries: boolean;

  constructor(client: AcsIdentityClient, resourceId: ResourceId) {
    this.#client = client;
    this.#resourceId = resourceId;
    this.#retries = makesSingleAttempts(client);
  }

  /** Creates an identity, with its first token where one is asked for, in one request. */
  async create(
    call: CallContext,
    token: TokenRequest | undefined,
    observer: CreationObserver,
  ): Promise<{ communicationUserId: string; accessToken: AcsAccessToken | undefined }> {
    const options = operationOptions(call);
    const attempt = async () => {
      if (!token) {
        return { ...(await this.#client.createUser(options)), accessToken: undefined };
      }
      const { tokenExpiresInMinutes } = token;
      const created = await this.#client.createUserAndToken([...token.scopes], { ...options, tokenExpiresInMinutes });
      const accessToken = { token: created.token, expiresOn: created.expiresOn };
      return { communicationUserId: created.user.communicationUserId, accessToken };
    };
    const created = await this.#send(call, () => this.#observeLateReply(call, attempt(), observer), {
      retriable: (failure) => !failure.timedOut,
      failed: (failure) => {
        if (failure.mayHaveBeenApplied) observer.possiblyCreated(failure.error);
      },
    });
    if (!isCommunicationUserId(created.communicationUserId)) {
      const error = new AcsAuthError("acs_rejected", "ACS answered a creation without a well-formed identity id.");
      observer.possiblyCreated(error);
      throw error;
    }
    this.#resourceId.learn(created.communicationUserId);
    return created;
  }

  async issueToken(call: CallContext, communicationUserId: string, token: TokenRequest): Promise<AcsAccessToken> {
    const { token: value, expiresOn } = await this.#send(call, () =>
      this.#client.getToken({ communicationUserId }, [...token.scopes], {
        ...operationOptions(call),
        tokenExpiresInMinutes: token.tokenExpiresInMinutes,
      }),
    );
    this.#resourceId.learn(communicationUserId);
    return { token: value, expiresOn };
  }

  async revokeTokens(call: CallContext, communicationUserId: string): Promise<void> {
    await this.#send(call, () => this.#client.revokeTokens({ communicationUserId }, operationOptions(call)));
    this.#resourceId.learn(communicationUserId);
  }

  async delete(call: CallContext, communicationUserId: string): Promise<void> {
    await this.#send(call, () => this.#client.deleteUser({ communicationUserId }, operationOptions(call)));
    this.#resourceId.learn(communicationUserId);
  }

  async exchangeTeamsToken(
    call: CallContext,
    request: { teamsUserAadToken: string; clientId: string; userObjectId: string },
  ): Promise<AcsAccessToken> {
    const { token, expiresOn } = await this.#send(call, () =>
      this.#client.getTokenForTeamsUser({ ...request, ...operationOptions(call) }),
    );
    return { token, expiresOn };
  }

  async #send<T>(
    call: CallContext,
    attempt: () => Promise<T>,
    hooks: { retriable?(failure: AcsFailure): boolean; failed?(failure: AcsFailure): void } = {},
  ): Promise<T> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await call.deadline.wait(attempt());
      } catch (thrown) {
        const failure = call.deadline.signal.aborted ? ranOutOfTime(call) : toAcsFailure(thrown);
        hooks.failed?.(failure);
        const delayInMs =
          this.#retries && isTransient(failure.error) && (hooks.retriable?.(failure) ?? true)
            ? retryDelayInMs(attempts, failure.error.retryAfterInMs, call.deadline)
            : undefined;
        if (delayInMs === undefined) throw failure.error;
        await call.deadline.sleep(delayInMs);
      }
    }
  }

  #observeLateReply<T extends CommunicationUser>(
    call: CallContext,
    reply: Promise<T>,
    observer: CreationObserver,
  ): Promise<T> {
    reply.then(
      ({ communicationUserId }) => {
        if (call.deadline.signal.aborted) observer.createdTooLate(communicationUserId);
      },
      () => {},
    );
    return reply;
  }
}

function ranOutOfTime(call: CallContext): AcsFailure {
  return { error: call.deadline.signal.reason, mayHaveBeenApplied: true, timedOut: true };
}

/** Without `Retry-After` a throttled request is not repeated: ACS counts every repetition. */
function isTransient(error: AcsAuthError): boolean {
  return error.code === "acs_unavailable" || (error.code === "throttled" && error.retryAfterInMs !== undefined);
}
