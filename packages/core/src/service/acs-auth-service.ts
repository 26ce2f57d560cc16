import { tracing } from "../diagnostics/tracing.js";
import { throwIfAborted } from "../errors/aborted.js";
import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { AcsAccessToken, IssuedToken } from "../identity-client/acs-identity-client.js";
import type { IdentityMapping } from "../identity-store.js";
import { canonicalUserKey, type UserKey, userKeyId } from "../user.js";
import { AcsGateway, type TokenRequest } from "./acs-gateway.js";
import type { CallContext } from "./call-context.js";
import { DisownedIdentity, disownedError } from "./disowned-identity.js";
import { IdentityCreator } from "./identity-creator.js";
import { IdentityDeleter } from "./identity-deleter.js";
import {
  type AcsAuthOperationOptions,
  type AcsAuthServiceOptions,
  checkServiceOptions,
  type ExchangeTeamsTokenOptions,
  type IssueTokenOptions,
} from "./options.js";
import { OrphanReporter } from "./orphan-reporter.js";
import { ResourceId } from "./resource-id.js";
import type { DeleteUserResult, GetOrCreateUserResult } from "./results.js";
import { ServiceCalls } from "./service-calls.js";
import { StoreGateway } from "./store-gateway.js";
import { TeamsExchange } from "./teams-exchange.js";
import { identityNotFound, TokenIssuer } from "./token-issuer.js";
import { tokenRequest, tokenRequestId } from "./token-request.js";

/**
 * Gives the signed-in users of a backend their ACS identities and access tokens.
 *
 * One instance serves a whole process. Every method rejects with an {@link AcsAuthError} (and with `TypeError` for
 * misuse), ends within the time budget of `timeoutInMs`, and takes an `abortSignal` and `tracingOptions`. Besides the
 * codes named at each method, all of them may reject with `store_unavailable`, `store_denied`, `mapping_invalid`,
 * `acs_unavailable`, `acs_denied`, `acs_rejected`, `throttled`, `timeout` and `aborted`, and with the store's own codes.
 *
 * @see https://learn.microsoft.com/azure/communication-services/concepts/identity-model
 */
export class AcsAuthService {
  readonly #acs: AcsGateway;
  readonly #store: StoreGateway;
  readonly #creator: IdentityCreator;
  readonly #disowned: DisownedIdentity;
  readonly #deleter: IdentityDeleter;
  readonly #issuer: TokenIssuer;
  readonly #tokenDefaults: Required<Pick<AcsAuthServiceOptions, "tokenScopes" | "tokenExpiresInMinutes">>;
  readonly #teams: TeamsExchange;
  readonly #calls: ServiceCalls;

  /** @throws TypeError for a missing or impossible option; the message names it. */
  constructor(options: AcsAuthServiceOptions) {
    checkServiceOptions(options);
    const { tokenScopes = ["chat", "voip"], tokenExpiresInMinutes = 1440 } = options;
    this.#tokenDefaults = { tokenScopes, tokenExpiresInMinutes };
    const resourceId = new ResourceId(options.resourceId);
    const orphans = new OrphanReporter(options.onOrphanedIdentity);
    this.#acs = new AcsGateway(options.identityClient, resourceId);
    this.#store = new StoreGateway(options.store);
    this.#creator = new IdentityCreator(this.#acs, this.#store, orphans);
    this.#disowned = new DisownedIdentity(this.#creator, resourceId);
    this.#deleter = new IdentityDeleter(this.#acs, this.#store, this.#disowned);
    this.#issuer = new TokenIssuer(
      { acs: this.#acs, store: this.#store, creator: this.#creator, disowned: this.#disowned, orphans },
      options,
    );
    this.#teams = new TeamsExchange(this.#acs, options.teamsTokenVerifier);
    this.#calls = new ServiceCalls(options.timeoutInMs);
  }

  /**
   * The user's ACS identity; created if there is none. Always asks the store.
   *
   * @throws AcsAuthError `mapping_outcome_unknown` if a new identity exists and whether it was mapped is unknown.
   */
  async getOrCreateUser(user: UserKey, options: AcsAuthOperationOptions = {}): Promise<GetOrCreateUserResult> {
    return this.#span("getOrCreateUser", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      const { value, joined } = await this.#calls.share(
        `getOrCreateUser:${userKeyId(key)}`,
        user,
        tracedOptions,
        async (call) => {
          const mapping = await this.#read(call, key);
          return mapping ? { mapping, created: false } : this.#creator.create(call, key, undefined);
        },
      );
      return { communicationUserId: value.mapping.communicationUserId, created: value.created && !joined };
    });
  }

  /** The user's mapping, or `undefined` if the user has no identity. Always asks the store. */
  async getUser(user: UserKey, options: AcsAuthOperationOptions = {}): Promise<IdentityMapping | undefined> {
    return this.#span("getUser", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      const { value } = await this.#calls.share(`getUser:${userKeyId(key)}`, user, tracedOptions, (call) =>
        this.#read(call, key),
      );
      return (
        value && {
          user: { ...value.user },
          communicationUserId: value.communicationUserId,
          createdOn: new Date(value.createdOn),
        }
      );
    });
  }

  /**
   * A new ACS access token for the user's identity: one request to ACS for a known user.
   *
   * @throws AcsAuthError `identity_not_found` if the user has no identity and `createIfMissing` is not set;
   * `identity_deleted`, `identity_of_other_resource` or `identity_not_owned` if ACS disowns the identity.
   * @throws TypeError for unknown scopes or an impossible lifetime.
   */
  async issueToken(user: UserKey, options: IssueTokenOptions = {}): Promise<IssuedToken> {
    return this.#span("issueToken", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      const token = tokenRequest(
        options.scopes ?? this.#tokenDefaults.tokenScopes,
        options.tokenExpiresInMinutes ?? this.#tokenDefaults.tokenExpiresInMinutes,
      );
      throwIfAborted(options.abortSignal);
      const issued = this.#issuer.reusable(key, token) ?? (await this.#issue(user, key, token, tracedOptions));
      return { token: issued.token, expiresOn: new Date(issued.expiresOn), user: { ...issued.user } };
    });
  }

  /**
   * Invalidates every token issued to the user's identity. ACS may take up to 15 minutes to enforce it everywhere.
   *
   * @throws AcsAuthError `identity_not_found`, and as `issueToken` if ACS disowns the identity.
   */
  async revokeTokens(user: UserKey, options: AcsAuthOperationOptions = {}): Promise<void> {
    return this.#span("revokeTokens", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      await this.#calls.run(user, tracedOptions, async (call) => {
        const mapping = await this.#read(call, key);
        if (!mapping) throw identityNotFound();
        const { communicationUserId } = mapping;
        try {
          await this.#invalidating(key, communicationUserId, () => this.#acs.revokeTokens(call, communicationUserId));
        } catch (error) {
          if (!AcsAuthError.is(error, "identity_not_owned")) throw error;
          const reason = await this.#disowned.reason(call, key, communicationUserId);
          throw disownedError(reason, communicationUserId, error);
        }
      });
    });
  }

  /**
   * Deletes the user's identity at ACS, with all its tokens and data, and then the mapping. Repeating a call that failed
   * finishes the job.
   *
   * @throws AcsAuthError `identity_of_other_resource` or `identity_not_owned` if the identity cannot be deleted from here.
   */
  async deleteUser(user: UserKey, options: AcsAuthOperationOptions = {}): Promise<DeleteUserResult> {
    return this.#span("deleteUser", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      return this.#calls.run(user, tracedOptions, async (call) => {
        const mapping = await this.#read(call, key);
        if (!mapping) return { deleted: false };
        const { communicationUserId } = mapping;
        const deleted = await this.#invalidating(key, communicationUserId, () =>
          this.#deleter.delete(call, key, communicationUserId),
        );
        return { deleted };
      });
    });
  }

  /**
   * Exchanges a Teams user's Entra token for an ACS token of that Teams user. Bound to the caller: ACS is given the
   * authenticated user's object id and the configured client id, and a readable Teams token is verified first.
   *
   * @param user - the authenticated caller, an Entra user.
   * @throws AcsAuthError `invalid_teams_token` (with `reason`), `key_server_unavailable`, `teams_exchange_not_configured`.
   * @see https://learn.microsoft.com/azure/communication-services/quickstarts/manage-teams-identity
   */
  async exchangeTeamsToken(user: UserKey, options: ExchangeTeamsTokenOptions): Promise<AcsAccessToken> {
    return this.#span("exchangeTeamsToken", options, async (tracedOptions) => {
      const key = canonicalUserKey(user);
      const { teamsUserAadToken } = options;
      const verifier = this.#teams.check(key, teamsUserAadToken);
      return this.#calls.run(user, tracedOptions, (call) =>
        this.#teams.exchange(call, key, verifier, teamsUserAadToken),
      );
    });
  }

  async #issue(user: UserKey, key: UserKey, token: TokenRequest, options: IssueTokenOptions): Promise<IssuedToken> {
    const { createIfMissing = false } = options;
    const callKey = `issueToken:${createIfMissing}:${tokenRequestId(token)}:${userKeyId(key)}`;
    const { value } = await this.#calls.share(callKey, user, options, (call) =>
      this.#issuer.issue(call, key, token, createIfMissing),
    );
    return value;
  }

  /** Runs what ends tokens or identities, and keeps everything learned or begun before it from being used after it. */
  async #invalidating<T>(user: UserKey, communicationUserId: string, run: () => Promise<T>): Promise<T> {
    const invalidate = () => {
      this.#calls.separate();
      this.#issuer.invalidate(user, communicationUserId);
    };
    invalidate();
    try {
      return await run();
    } finally {
      invalidate();
    }
  }

  /** Asks the store, and forgets what is cached otherwise: another process may have deleted the user. */
  async #read(call: CallContext, user: UserKey): Promise<IdentityMapping | undefined> {
    const mapping = await this.#store.get(call, user);
    this.#issuer.forgetUnless(user, mapping?.communicationUserId);
    return mapping;
  }

  #span<T>(
    method: string,
    options: AcsAuthOperationOptions,
    run: (tracedOptions: AcsAuthOperationOptions) => Promise<T>,
  ): Promise<T> {
    return tracing.withSpan(`AcsAuthService.${method}`, options, run);
  }
}
