import { randomUUID } from "node:crypto";
import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStoreOptions,
  type InsertResult,
  type ListableIdentityStore,
  type ListMappingsOptions,
  type MappingPage,
  type UserKey,
} from "@acs-auth/core";
import { textOf, userOf } from "./user-text.js";

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
  /** Counts insertions. The map holds its entries in this order. */
  readonly number: number;
}

const DEFAULT_PAGE_SIZE = 1_000;

/**
 * Keeps mappings in the memory of this process: for tests, demos and single-process services that may forget.
 *
 * Everything is lost when the process ends, and the identities then exist at ACS with nothing naming them. A process
 * warning says so when `NODE_ENV` is `production`.
 */
export class MemoryIdentityStore implements ListableIdentityStore {
  readonly name = "memory";
  readonly capabilities = {
    /** No other process sees the mappings. */
    insert: "process",
    /** Nothing runs between comparing and removing. */
    conditionalRemove: true,
    /** Mappings that are inserted during a listing are left out of it. */
    list: true,
  } as const;
  readonly #entries = new Map<string, Entry>();
  readonly #maxEntries: number;
  readonly #instance = randomUUID();
  #insertions = 0;

  /** @throws TypeError if `maxEntries` is not a positive whole number. */
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
    const entry = this.#entries.get(textOf(user));
    return entry && toMapping(user, entry);
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    throwIfAborted(options);
    const key = textOf(mapping.user);
    const existing = this.#entries.get(key);
    if (existing) return { inserted: false, mapping: toMapping(mapping.user, existing) };
    if (this.#entries.size >= this.#maxEntries) {
      throw new AcsAuthError("store_denied", `The memory store is full: it holds ${this.#maxEntries} mappings.`);
    }
    const entry = {
      communicationUserId: mapping.communicationUserId,
      createdOnMs: mapping.createdOn.getTime(),
      number: ++this.#insertions,
    };
    this.#entries.set(key, entry);
    return { inserted: true, mapping: toMapping(mapping.user, entry) };
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    throwIfAborted(options);
    const key = textOf(user);
    return this.#entries.get(key)?.communicationUserId === communicationUserId && this.#entries.delete(key);
  }

  /**
   * As the contract says. A continuation token means something to this instance only, and is void when the process ends.
   *
   * @throws TypeError for a malformed option, or a token of another instance.
   */
  listMappings(options: ListMappingsOptions = {}): AsyncIterable<MappingPage> {
    const { maxPageSize = DEFAULT_PAGE_SIZE, continuationToken } = options;
    if (!Number.isSafeInteger(maxPageSize) || maxPageSize < 1) {
      throw new TypeError("maxPageSize must be a positive whole number.");
    }
    return this.#list(options, maxPageSize, continuationToken === undefined ? 0 : this.#readToken(continuationToken));
  }

  /** A map's iterator stays valid whatever is inserted and removed meanwhile. What is inserted later is left out. */
  async *#list(options: ListMappingsOptions, pageSize: number, after: number): AsyncGenerator<MappingPage> {
    throwIfAborted(options);
    const last = this.#insertions;
    let mappings: IdentityMapping[] = [];
    let given = after;
    for (const [key, entry] of this.#entries) {
      if (entry.number <= after) continue;
      if (entry.number > last) break;
      if (mappings.length === pageSize) {
        yield { mappings, unreadable: [], continuationToken: `${this.#instance}/${given}` };
        throwIfAborted(options);
        mappings = [];
      }
      mappings.push(toMapping(userOf(key), entry));
      given = entry.number;
    }
    yield { mappings, unreadable: [], continuationToken: undefined };
  }

  #readToken(token: string): number {
    const number = token.startsWith(`${this.#instance}/`) ? token.slice(this.#instance.length + 1) : "";
    if (/^\d{1,15}$/.test(number)) return Number(number);
    throw new TypeError("continuationToken must be one that this instance has given.");
  }
}

function toMapping({ tenantId, objectId }: UserKey, { communicationUserId, createdOnMs }: Entry): IdentityMapping {
  return { user: { tenantId, objectId }, communicationUserId, createdOn: new Date(createdOnMs) };
}

function throwIfAborted(options: Pick<IdentityStoreOptions, "abortSignal"> | undefined): void {
  if (options?.abortSignal?.aborted) throw new DOMException("The call was aborted by its abortSignal.", "AbortError");
}

function warnOfProduction(): void {
  process.emitWarning(
    "MemoryIdentityStore forgets every mapping when the process ends, and the ACS identities are then orphaned. " +
      "Use a durable store in production.",
    { type: "AcsAuthWarning", code: "ACS_AUTH_MEMORY_STORE" },
  );
}
