import { AcsAuthError } from "../errors/acs-auth-error.js";
import { safeCause } from "../errors/safe-cause.js";
import { isCommunicationUserId } from "../identity-client/communication-user-id.js";
import type { IdentityMapping, IdentityStore, InsertResult } from "../identity-store.js";
import type { UserKey } from "../user.js";
import { type CallContext, storeOptions } from "./call-context.js";

/** Every call to the identity store: bounded by the time budget, its errors typed, its answers checked. */
export class StoreGateway {
  readonly #store: IdentityStore;

  constructor(store: IdentityStore) {
    this.#store = store;
  }

  async get(call: CallContext, user: UserKey): Promise<IdentityMapping | undefined> {
    const mapping = await this.#ask(call, "read", () => this.#store.get(user, storeOptions(call)));
    return mapping === undefined ? undefined : this.#check(mapping, user);
  }

  async insertIfAbsent(call: CallContext, mapping: IdentityMapping): Promise<InsertResult> {
    const result = await this.#ask(call, "write", () => this.#store.insertIfAbsent(mapping, storeOptions(call)));
    return { inserted: result?.inserted === true, mapping: this.#check(result?.mapping, mapping.user) };
  }

  async removeIfMatches(call: CallContext, user: UserKey, communicationUserId: string): Promise<boolean> {
    return this.#ask(call, "remove", () => this.#store.removeIfMatches(user, communicationUserId, storeOptions(call)));
  }

  async #ask<T>(call: CallContext, verb: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await call.deadline.wait(ask());
    } catch (thrown) {
      if (call.deadline.signal.aborted) throw call.deadline.signal.reason;
      if (AcsAuthError.is(thrown)) throw thrown;
      throw new AcsAuthError(
        "store_unavailable",
        `The identity store "${this.#store.name}" could not ${verb} the user's mapping.`,
        { cause: safeCause(thrown) },
      );
    }
  }

  #check(mapping: IdentityMapping | undefined, user: UserKey): IdentityMapping {
    const isMapping =
      mapping?.user?.tenantId === user.tenantId &&
      mapping.user.objectId === user.objectId &&
      isCommunicationUserId(mapping.communicationUserId) &&
      mapping.createdOn instanceof Date;
    if (isMapping) return mapping;
    throw new AcsAuthError(
      "mapping_invalid",
      `The identity store "${this.#store.name}" returned something that is no mapping of this user.`,
    );
  }
}
