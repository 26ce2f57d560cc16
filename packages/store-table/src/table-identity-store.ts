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
import { throwIfAborted } from "./abort.js";
import { Attempts } from "./attempts.js";
import { toMapping } from "./entity.js";
import { type CheckedListing, checkListing } from "./listing.js";
import { type Call, MappingTable } from "./mapping-table.js";
import { checkStoreOptions, type TableIdentityStoreOptions } from "./options.js";

/** How often to look again where the entity disappears or changes between two steps, and how long to wait in between. */
const MAX_ROUNDS = 5;
const PAUSE_BETWEEN_ROUNDS_IN_MS = 50;

/**
 * Keeps mappings in a table of Azure Table Storage, or of Azure Cosmos DB for Table in an account with one write region:
 * one entity per user, in a partition of its own.
 *
 * Methods reject with `throttled` (429), `store_unavailable` (no answer, or 5xx such as `ServerBusy`; with the reason
 * `outcome_unknown` after a write that may have been carried out), `store_denied` (with the reason `table_not_found` for a
 * missing table) and `mapping_invalid`; when aborted, with an `AbortError`.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
 */
export class TableIdentityStore implements ListableIdentityStore {
  readonly name = "table";
  readonly capabilities = {
    /** Creating an entity that exists is refused (409). */
    insert: "shared",
    /** Entities are deleted by their ETag. */
    conditionalRemove: true,
    /** One request for each page. */
    list: true,
  } as const;
  readonly #requestTimeoutInMs: number;
  readonly #table: MappingTable;

  /** @throws TypeError for a missing or impossible option; the message names it and repeats no secret. */
  constructor(options: TableIdentityStoreOptions) {
    const checked = checkStoreOptions(options);
    this.#requestTimeoutInMs = checked.requestTimeoutInMs;
    this.#table = new MappingTable(checked);
  }

  async get(user: UserKey, options: IdentityStoreOptions = {}): Promise<IdentityMapping | undefined> {
    const call = await this.#begin(options);
    return (await this.#table.read(call, user))?.mapping;
  }

  /**
   * As the contract says. An insertion that may have been carried out is not sent again, for another call may have
   * deleted the user since: what is stored decides, and where nothing is, rejects with `store_unavailable` and the
   * reason `outcome_unknown`.
   */
  async insertIfAbsent(mapping: IdentityMapping, options: IdentityStoreOptions = {}): Promise<InsertResult> {
    const call = await this.#begin(options);
    const writeId = randomUUID();
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const creation = await this.#table.create(call, mapping, writeId);
      if (creation === "created") return { inserted: true, mapping: toMapping(mapping) };
      const stored = await this.#table.read(call, mapping.user);
      if (stored) return { inserted: stored.writeId === writeId, mapping: stored.mapping };
      if (creation !== "exists") throw creation;
      await call.attempts.pause(PAUSE_BETWEEN_ROUNDS_IN_MS);
    }
    const message = "Azure Tables refuses to write the user's mapping and shows none either.";
    throw new AcsAuthError("store_unavailable", message, { reason: "not_yet_visible" });
  }

  /**
   * As the contract says. Where the reply to a removal was lost and the mapping is gone since, who removed it cannot be
   * known: rejects with `store_unavailable` and the reason `outcome_unknown`. Repeating the call then resolves to false.
   */
  async removeIfMatches(
    user: UserKey,
    communicationUserId: string,
    options: IdentityStoreOptions = {},
  ): Promise<boolean> {
    const call = await this.#begin(options);
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const stored = await this.#table.read(call, user);
      if (stored?.mapping.communicationUserId !== communicationUserId) return false;
      const outcome = await this.#table.delete(call, stored);
      if (outcome !== "changed") return outcome === "deleted";
    }
    throw new AcsAuthError("store_unavailable", "The user's mapping could not be removed: it changes all the time.");
  }

  /**
   * As the contract says, in pages of at most 1,000 mappings, each a request that is tried like every other. Pages can be
   * empty. Rows that are no mapping of the user whom they name are `unreadable`.
   *
   * @throws TypeError for a malformed option.
   */
  listMappings(options: ListMappingsOptions = {}): AsyncIterable<MappingPage> {
    return this.#list(options, checkListing(options));
  }

  async *#list(options: ListMappingsOptions, { maxPageSize, ...first }: CheckedListing): AsyncGenerator<MappingPage> {
    let { continuationToken } = first;
    do {
      const page = await this.#table.list(await this.#begin(options), { maxPageSize, continuationToken });
      yield page;
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
  }

  async #begin(options: IdentityStoreOptions): Promise<Call> {
    throwIfAborted(options.abortSignal);
    const call = { attempts: new Attempts(this.#requestTimeoutInMs, options.abortSignal), options };
    await this.#table.ready(call);
    return call;
  }
}
