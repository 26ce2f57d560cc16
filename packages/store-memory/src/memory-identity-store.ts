import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStore,
  type IdentityStoreOptions,
  type InsertResult,
  type UserKey,
} from "@acs-auth/core";

/** Options of {@link MemoryIdentityStore}. */
export interface MemoryIdentityStoreOptions {
  /**
   * The most mappings held. At the bound, inserting rejects with the code `store_denied`: dropping an old mapping instead
   * would lose an identity. Default: no bound.
   */
  readonly maxEntries?: number;
}

/** What is kept of a mapping; its user is the key. */
interface Entry {
  readonly communicationUserId: string;
  readonly createdOnMs: number;
}

/**
 * Keeps mappings in the memory of this process: for tests, demos and single-process services that may forget.
 *
 * Everything is lost when the process ends, and the identities then exist at ACS with nothing naming them. A process
 * warning says so when `NODE_ENV` is `production`.
 *
 * @throws TypeError if `maxEntries` is not a positive whole number.
 */
export class MemoryIdentityStore implements IdentityStore {
  readonly name = "memory";
  readonly capabilities = { insert: "process", conditionalRemove: true } as const;
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;

  constructor({ maxEntries = Number.POSITIVE_INFINITY }: MemoryIdentityStoreOptions = {}) {
    if (!(maxEntries >= 1) || (maxEntries !== Number.POSITIVE_INFINITY && !Number.isInteger(maxEntries))) {
      throw new TypeError("maxEntries must be a positive whole number.");
    }
    this.#maxEntries = maxEntries;
    if (process.env["NODE_ENV"] === "production") warnOfProduction();
  }

  /** How many mappings are held. */
  get size(): number {
    return this.#entries.size;
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    throwIfAborted(options);
    const entry = this.#entries.get(keyOf(user));
    return entry && toMapping(user, entry);
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    throwIfAborted(options);
    const key = keyOf(mapping.user);
    const existing = this.#entries.get(key);
    if (existing) return { inserted: false, mapping: toMapping(mapping.user, existing) };
    if (this.#entries.size >= this.#maxEntries) {
      throw new AcsAuthError("store_denied", `The memory store is full: it holds ${this.#maxEntries} mappings.`);
    }
    const entry = { communicationUserId: mapping.communicationUserId, createdOnMs: mapping.createdOn.getTime() };
    this.#entries.set(key, entry);
    return { inserted: true, mapping: toMapping(mapping.user, entry) };
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    throwIfAborted(options);
    const key = keyOf(user);
    return this.#entries.get(key)?.communicationUserId === communicationUserId && this.#entries.delete(key);
  }
}

/** Distinct for distinct users, whatever characters their ids hold. */
function keyOf({ tenantId, objectId }: UserKey): string {
  return `${tenantId.length}:${tenantId}${objectId}`;
}

function toMapping({ tenantId, objectId }: UserKey, { communicationUserId, createdOnMs }: Entry): IdentityMapping {
  return { user: { tenantId, objectId }, communicationUserId, createdOn: new Date(createdOnMs) };
}

function throwIfAborted(options: IdentityStoreOptions | undefined): void {
  if (options?.abortSignal?.aborted) throw new DOMException("The call was aborted by its abortSignal.", "AbortError");
}

function warnOfProduction(): void {
  process.emitWarning(
    "MemoryIdentityStore forgets every mapping when the process ends, and the ACS identities are then orphaned. " +
      "Use a durable store in production.",
    { type: "AcsAuthWarning", code: "ACS_AUTH_MEMORY_STORE" },
  );
}
