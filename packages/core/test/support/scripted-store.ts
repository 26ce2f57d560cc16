import type { IdentityMapping, IdentityStore, IdentityStoreOptions, InsertResult, UserKey } from "../../src/index.js";

export type StoreMethod = "get" | "insertIfAbsent" | "removeIfMatches";

/** `before`: fails with no effect · `after`: the effect happens, the reply is lost · `hang`: neither, for ever. */
export type StoreFault = { readonly when: "before" | "after"; readonly error?: Error } | { readonly when: "hang" };

/** Shared by any number of stores, as a database is by servers. */
export type Backend = Map<string, IdentityMapping>;

/** A correct store over a shared backend, with an asynchronous gap in every call and faults on order. */
export class ScriptedStore implements IdentityStore {
  readonly name: string = "scripted";
  readonly capabilities = { insert: "process", conditionalRemove: true, list: false } as const;
  readonly calls: StoreMethod[] = [];
  readonly seenOptions: IdentityStoreOptions[] = [];
  readonly #faults: Record<StoreMethod, StoreFault[]> = { get: [], insertIfAbsent: [], removeIfMatches: [] };
  protected readonly backend: Backend;

  constructor(backend: Backend = new Map()) {
    this.backend = backend;
  }

  /** The next `times` calls of a method fail. */
  fail(method: StoreMethod, fault: StoreFault, times = 1): void {
    for (let n = 0; n < times; n++) this.#faults[method].push(fault);
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return this.#call("get", options, () => this.backend.get(keyOf(user)));
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    return this.#call("insertIfAbsent", options, () => this.insertNow(mapping));
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    return this.#call("removeIfMatches", options, () => {
      const matches = this.backend.get(keyOf(user))?.communicationUserId === communicationUserId;
      return matches && this.backend.delete(keyOf(user));
    });
  }

  protected insertNow(mapping: IdentityMapping): InsertResult | Promise<InsertResult> {
    const existing = this.backend.get(keyOf(mapping.user));
    if (existing) return { inserted: false, mapping: existing };
    this.backend.set(keyOf(mapping.user), mapping);
    return { inserted: true, mapping };
  }

  async #call<T>(
    method: StoreMethod,
    options: IdentityStoreOptions | undefined,
    effect: () => T | Promise<T>,
  ): Promise<T> {
    this.calls.push(method);
    if (options) this.seenOptions.push(options);
    const fault = this.#faults[method].shift();
    await pause();
    if (fault?.when === "hang") return new Promise(() => {});
    if (fault?.when === "before") throw fault.error ?? new Error("store down");
    const result = await effect();
    await pause();
    if (fault?.when === "after") throw fault.error ?? new Error("store reply lost");
    return result;
  }
}

/** Control: reads, waits, then writes. */
export class CheckThenActStore extends ScriptedStore {
  protected override async insertNow(mapping: IdentityMapping): Promise<InsertResult> {
    const existing = this.backend.get(keyOf(mapping.user));
    await pause();
    if (existing) return { inserted: false, mapping: existing };
    this.backend.set(keyOf(mapping.user), mapping);
    return { inserted: true, mapping };
  }
}

/** Control: turns a failed read into "absent". */
export class ErrorSwallowingStore extends ScriptedStore {
  override async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return super.get(user, options).catch(() => undefined);
  }
}

export function keyOf({ tenantId, objectId }: UserKey): string {
  return JSON.stringify([tenantId, objectId]);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
