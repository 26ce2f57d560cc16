import { AcsAuthError } from "../errors/acs-auth-error.js";
import type { AcsAccessToken, IssuedToken } from "../identity-client/acs-identity-client.js";
import { type UserKey, userKeyId } from "../user.js";
import type { AcsGateway, TokenRequest } from "./acs-gateway.js";
import { MappingCache, TokenCache } from "./caches.js";
import type { CallContext } from "./call-context.js";
import { type DisownedIdentity, disownedError } from "./disowned-identity.js";
import type { IdentityCreator } from "./identity-creator.js";
import type { AcsAuthServiceOptions } from "./options.js";
import type { OrphanReporter } from "./orphan-reporter.js";
import type { StoreGateway } from "./store-gateway.js";
import { tokenRequestId } from "./token-request.js";

interface Collaborators {
  readonly acs: AcsGateway;
  readonly store: StoreGateway;
  readonly creator: IdentityCreator;
  readonly disowned: DisownedIdentity;
  readonly orphans: OrphanReporter;
}

/** Issues tokens for mapped identities with as few remote calls as the caches allow. */
export class TokenIssuer {
  readonly #acs: AcsGateway;
  readonly #store: StoreGateway;
  readonly #creator: IdentityCreator;
  readonly #disowned: DisownedIdentity;
  readonly #orphans: OrphanReporter;
  readonly #replaceDisowned: AcsAuthServiceOptions["replaceDisownedIdentity"];
  readonly #mappings: MappingCache;
  readonly #tokens: TokenCache | undefined;
  /** Counts invalidations: what was begun before one must not be cached after it. */
  #epoch = 0;

  constructor({ acs, store, creator, disowned, orphans }: Collaborators, options: AcsAuthServiceOptions) {
    const { mappingCache, tokenReuse, replaceDisownedIdentity } = options;
    this.#acs = acs;
    this.#store = store;
    this.#creator = creator;
    this.#disowned = disowned;
    this.#orphans = orphans;
    this.#replaceDisowned = replaceDisownedIdentity;
    this.#mappings = new MappingCache(mappingCache);
    this.#tokens = tokenReuse && new TokenCache(tokenReuse);
  }

  /** A token issued before that has enough life left, if tokens are reused and the user's mapping is cached. */
  reusable(user: UserKey, request: TokenRequest): IssuedToken | undefined {
    if (!this.#tokens) return undefined;
    const communicationUserId = this.#mappings.get(userKeyId(user));
    return communicationUserId === undefined ? undefined : this.#reusableOf(communicationUserId, request);
  }

  async issue(call: CallContext, user: UserKey, request: TokenRequest, createIfMissing: boolean): Promise<IssuedToken> {
    const userId = userKeyId(user);
    const cachedId = this.#mappings.get(userId);
    if (cachedId === undefined) return this.#issueFromStore(call, user, request, createIfMissing);
    try {
      return await this.#issueFor(call, cachedId, request);
    } catch (error) {
      if (!AcsAuthError.is(error, "identity_not_owned")) throw error;
      this.#mappings.delete(userId);
      return this.#issueFromStore(call, user, request, createIfMissing, { communicationUserId: cachedId, error });
    }
  }

  /** Forgets what is cached of a user, also what calls under way are about to cache. */
  invalidate(user: UserKey, communicationUserId: string): void {
    this.#epoch += 1;
    this.#mappings.delete(userKeyId(user));
    this.#tokens?.delete(communicationUserId);
  }

  /** Forgets what is cached of a user unless it agrees with what the store has just said. */
  forgetUnless(user: UserKey, stored: string | undefined): void {
    const cached = this.#mappings.get(userKeyId(user));
    if (cached !== undefined && cached !== stored) this.invalidate(user, cached);
  }

  async #issueFromStore(
    call: CallContext,
    user: UserKey,
    request: TokenRequest,
    createIfMissing: boolean,
    known?: { readonly communicationUserId: string; readonly error: AcsAuthError },
  ): Promise<IssuedToken> {
    const epoch = this.#epoch;
    const mapping = await this.#store.get(call, user);
    if (!mapping) {
      if (createIfMissing) return this.#create(call, user, request);
      throw identityNotFound();
    }
    const { communicationUserId } = mapping;
    if (communicationUserId === known?.communicationUserId) {
      return this.#settleDisowned(call, user, request, communicationUserId, known.error);
    }
    try {
      const issued = await this.#issueFor(call, communicationUserId, request);
      this.#rememberMapping(epoch, user, communicationUserId);
      return issued;
    } catch (error) {
      if (!AcsAuthError.is(error, "identity_not_owned")) throw error;
      return this.#settleDisowned(call, user, request, communicationUserId, error);
    }
  }

  async #create(call: CallContext, user: UserKey, request: TokenRequest): Promise<IssuedToken> {
    const epoch = this.#epoch;
    const { mapping, accessToken } = await this.#creator.create(call, user, request);
    const { communicationUserId } = mapping;
    if (!accessToken) return this.#issueFor(call, communicationUserId, request);
    this.#rememberMapping(epoch, user, communicationUserId);
    this.#rememberToken(epoch, communicationUserId, request, accessToken);
    return { ...accessToken, user: { communicationUserId } };
  }

  async #settleDisowned(
    call: CallContext,
    user: UserKey,
    request: TokenRequest,
    communicationUserId: string,
    error: AcsAuthError,
  ): Promise<IssuedToken> {
    const disowned = await this.#disowned.reason(call, user, communicationUserId);
    if (!disowned || !this.#replaceDisowned?.includes(disowned)) {
      throw disownedError(disowned, communicationUserId, error);
    }
    const removed = await this.#store.removeIfMatches(call, user, communicationUserId);
    if (removed && disowned === "other_resource") {
      await this.#orphans.report({ certainty: "certain", communicationUserId, user, reason: "replaced", error });
    }
    return this.#create(call, user, request);
  }

  async #issueFor(call: CallContext, communicationUserId: string, request: TokenRequest): Promise<IssuedToken> {
    const reusable = this.#reusableOf(communicationUserId, request);
    if (reusable) return reusable;
    const epoch = this.#epoch;
    const token = await this.#acs.issueToken(call, communicationUserId, request);
    this.#rememberToken(epoch, communicationUserId, request, token);
    return { ...token, user: { communicationUserId } };
  }

  #reusableOf(communicationUserId: string, request: TokenRequest): IssuedToken | undefined {
    const kept = this.#tokens?.get(communicationUserId, tokenRequestId(request), request.tokenExpiresInMinutes);
    return kept && { ...kept, user: { communicationUserId } };
  }

  #rememberMapping(epoch: number, user: UserKey, communicationUserId: string): void {
    if (epoch === this.#epoch) this.#mappings.set(userKeyId(user), communicationUserId);
  }

  #rememberToken(epoch: number, communicationUserId: string, request: TokenRequest, token: AcsAccessToken): void {
    if (epoch === this.#epoch) this.#tokens?.set(communicationUserId, tokenRequestId(request), token);
  }
}

export function identityNotFound(): AcsAuthError {
  return new AcsAuthError("identity_not_found", "The user has no ACS identity yet. Create it first.");
}
