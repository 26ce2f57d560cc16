import assert from "node:assert/strict";
import type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreOptions,
  InsertResult,
  ListMappingsOptions,
  MappingPage,
  UserKey,
} from "@acs-auth/core";
import { isListable } from "./listed.js";

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

  list(options?: ListMappingsOptions): AsyncIterable<MappingPage> {
    assert.ok(isListable(this.store), "The store declares list: true and has no method listMappings.");
    return this.store.listMappings(options);
  }

  async #options(user: UserKey, abortSignal: AbortSignal | undefined): Promise<IdentityStoreOptions> {
    const options = await this.#optionsFor(user);
    return abortSignal ? { ...options, abortSignal } : options;
  }
}
