import type { IdentityMapping, IdentityStore, IdentityStoreOptions, InsertResult, UserKey } from "@acs-auth/core";

/** Calls a store with the options that it needs for each user. */
export class Caller {
  readonly store: IdentityStore;
  readonly #optionsFor: (user: UserKey) => IdentityStoreOptions | Promise<IdentityStoreOptions>;

  constructor(
    store: IdentityStore,
    optionsFor: (user: UserKey) => IdentityStoreOptions | Promise<IdentityStoreOptions>,
  ) {
    this.store = store;
    this.#optionsFor = optionsFor;
  }

  async get(user: UserKey, abortSignal?: AbortSignal): Promise<IdentityMapping | undefined> {
    return this.store.get(user, await this.#options(user, abortSignal));
  }

  async insert(mapping: IdentityMapping, abortSignal?: AbortSignal): Promise<InsertResult> {
    return this.store.insertIfAbsent(mapping, await this.#options(mapping.user, abortSignal));
  }

  async remove(user: UserKey, communicationUserId: string, abortSignal?: AbortSignal): Promise<boolean> {
    return this.store.removeIfMatches(user, communicationUserId, await this.#options(user, abortSignal));
  }

  async #options(user: UserKey, abortSignal: AbortSignal | undefined): Promise<IdentityStoreOptions> {
    const options = await this.#optionsFor(user);
    return abortSignal ? { ...options, abortSignal } : options;
  }
}
