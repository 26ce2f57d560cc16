import type { IdentityMapping, IdentityStoreOptions, InsertResult, UserKey } from "@acs-auth/core";
import { type Answer, HttpIdentityStore } from "./http-identity-store.js";

/** Reads, and writes if nothing was there. */
export class CheckThenActStore extends HttpIdentityStore {
  override async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    const existing = await this.get(mapping.user, options);
    if (existing) return { inserted: false, mapping: existing };
    await this.create(mapping, options, {});
    return { inserted: true, mapping: structuredClone(mapping) };
  }
}

/** Writes whatever is there already. */
export class OverwritingStore extends HttpIdentityStore {
  override async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    const existing = await this.get(mapping.user, options);
    await this.create(mapping, options, {});
    return { inserted: !existing, mapping: structuredClone(mapping) };
  }
}

/** Takes a failed read for "absent". */
export class ErrorSwallowingStore extends HttpIdentityStore {
  override async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return super.get(user, options).catch((error: Error) => {
      if (error.name === "AbortError") throw error;
      return undefined;
    });
  }
}

/** Keeps the objects that it is given, and hands them out again. */
export class SharedReferenceStore extends HttpIdentityStore {
  readonly #known = new Map<string, IdentityMapping>();

  override async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    const found = await super.get(user, options);
    return found && (this.#known.get(found.communicationUserId) ?? found);
  }

  override async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    const result = await super.insertIfAbsent(mapping, options);
    if (!result.inserted) return result;
    this.#known.set(mapping.communicationUserId, mapping);
    return { inserted: true, mapping };
  }
}

/** Removes whatever identity the user is mapped to. */
export class WrongRemoveStore extends HttpIdentityStore {
  override async removeIfMatches(user: UserKey, _id: string, options?: IdentityStoreOptions): Promise<boolean> {
    return this.delete(user, options);
  }
}

/** Compares, and then removes whatever is there by then. */
export class CompareThenRemoveStore extends HttpIdentityStore {
  override async removeIfMatches(user: UserKey, id: string, options?: IdentityStoreOptions): Promise<boolean> {
    const found = await this.get(user, options);
    return found?.communicationUserId === id && this.delete(user, options);
  }
}

/** Repeats a removal that failed, and takes the answer to the repetition for the answer. */
export class RepeatingRemoveStore extends HttpIdentityStore {
  override async removeIfMatches(user: UserKey, id: string, options?: IdentityStoreOptions): Promise<boolean> {
    const remove = () => super.removeIfMatches(user, id, options);
    return remove().catch(remove);
  }
}

/** Repeats an insertion that failed, and takes its own mapping for another caller's. */
export class RepeatingInsertStore extends HttpIdentityStore {
  override async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    const insert = async (): Promise<InsertResult> => {
      if (await this.create(mapping, options)) return { inserted: true, mapping: structuredClone(mapping) };
      return { inserted: false, mapping: (await this.get(mapping.user, options)) ?? mapping };
    };
    return insert().catch(insert);
  }
}

/** Connects once, and remembers for ever that it failed. */
export class FailureRememberingStore extends HttpIdentityStore {
  #connected: Promise<unknown> | undefined;

  protected override async send(...args: Parameters<HttpIdentityStore["send"]>): Promise<Answer> {
    this.#connected ??= super.send({ tenantId: "", objectId: "" }, undefined, { method: "GET" });
    await this.#connected;
    return super.send(...args);
  }
}

/** Does not look at the signal. */
export class UnabortableStore extends HttpIdentityStore {
  protected override async send(...[user, , request]: Parameters<HttpIdentityStore["send"]>): Promise<Answer> {
    return super.send(user, undefined, request);
  }
}

/** Takes ids that differ by letter case for the same. */
export class CaseFoldingStore extends HttpIdentityStore {
  protected override keyOf({ tenantId, objectId }: UserKey): string {
    return super.keyOf({ tenantId: tenantId.toLowerCase(), objectId: objectId.toLowerCase() });
  }
}

/** Keeps its mappings under the user's id alone. */
export class TenantIgnoringStore extends HttpIdentityStore {
  protected override keyOf({ objectId }: UserKey): string {
    return super.keyOf({ tenantId: "", objectId });
  }
}

/** Promises more than its harness. */
export class BoastingStore extends HttpIdentityStore {
  override readonly capabilities = { insert: "shared", conditionalRemove: false, list: true } as const;
}
