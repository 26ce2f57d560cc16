import { randomUUID } from "node:crypto";
import type {
  IdentityMapping,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
  ListableIdentityStore,
  ListMappingsOptions,
  MappingPage,
  UserKey,
} from "@acs-auth/core";
import { withAbortSignal } from "./abort.js";
import { type Connection, connect } from "./connect.js";
import { ContainerCheck } from "./container-check.js";
import { createContainerIfMissing } from "./create-container.js";
import { type CheckedListing, checkListing } from "./listing.js";
import { type MappingItem, type StoredMapping, toItem } from "./mapping-item.js";
import { MappingItems } from "./mapping-items.js";
import { type CosmosIdentityStoreOptions, checkCommonOptions } from "./options.js";
import { backOff } from "./retry.js";
import { notSettled, toWriteError, withOutcomeUnknown } from "./store-error.js";

/** How often an insert or removal looks again because others changed the item in between. */
const MAX_ROUNDS = 3;

const NEVER_EXPIRES = -1;

/**
 * Keeps mappings in a container of Azure Cosmos DB for NoSQL, one item for each user, partitioned by its id.
 *
 * Creating an item that exists is refused by Cosmos DB (409), which makes inserts atomic across processes as long as the
 * account has one write region; with several, the store refuses to work unless `multipleWriteRegions` says otherwise.
 * Every call is one point operation, a removal two, a page of a listing one query. Before its first operation the store
 * reads the container and the account once, to check that they are fit.
 *
 * Methods reject with an `AcsAuthError` of the codes `store_unavailable`, `throttled`, `store_denied` (with a `reason`)
 * and `mapping_invalid`, or with an `AbortError`. A client that the store makes itself sends each request at most three
 * times, a creation only while it was refused, and never waits longer than two seconds in between.
 *
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control
 */
export class CosmosIdentityStore implements ListableIdentityStore {
  readonly name = "cosmos";
  /** `best-effort` and no conditional remove with `multipleWriteRegions: "warn"`; otherwise the account is held to it. */
  readonly capabilities: IdentityStoreCapabilities;
  readonly #items: MappingItems;
  readonly #check: ContainerCheck;
  readonly #connection: Connection;
  readonly #ttlInSeconds: number | undefined;

  /** @throws TypeError for a missing or impossible option; the message names it. */
  constructor(options: CosmosIdentityStoreOptions) {
    checkCommonOptions(options);
    const connection = connect(options);
    this.capabilities =
      options.multipleWriteRegions === "warn"
        ? { insert: "best-effort", conditionalRemove: false, list: true }
        : { insert: "shared", conditionalRemove: true, list: true };
    this.#items = new MappingItems(connection);
    this.#check = new ContainerCheck(connection, options);
    this.#connection = connection;
    this.#ttlInSeconds = options.ttlInSeconds;
  }

  /**
   * Creates the database and the container unless they exist; nothing else does. Their throughput is the service's
   * default. Needs a key: no data-plane role may do this.
   *
   * @throws AcsAuthError as every other method.
   */
  async createContainerIfMissing(options: Pick<IdentityStoreOptions, "abortSignal"> = {}): Promise<void> {
    const enableTtl = this.#ttlInSeconds !== undefined;
    await withAbortSignal(options, (signal) => createContainerIfMissing(this.#connection, enableTtl, signal));
  }

  async get(user: UserKey, options: IdentityStoreOptions = {}): Promise<IdentityMapping | undefined> {
    const key = keyOf(user);
    return withAbortSignal(options, async (signal) => {
      await this.#check.pass();
      const stored = await this.#items.read(key, signal);
      if (!stored) await this.#check.confirm();
      return stored?.mapping;
    });
  }

  /**
   * As the contract says. A creation that may have been carried out is not sent again, for another call may have deleted
   * the user since: what is stored decides, and where nothing is, rejects with the reason `outcome_unknown`.
   */
  async insertIfAbsent(mapping: IdentityMapping, options: IdentityStoreOptions = {}): Promise<InsertResult> {
    const { communicationUserId, createdOn } = mapping;
    const own = { user: keyOf(mapping.user), communicationUserId, createdOn: new Date(createdOn) };
    const item = toItem(own, randomUUID(), this.#ttlInSeconds ?? NEVER_EXPIRES);
    return withAbortSignal(options, async (signal) => {
      await this.#check.pass();
      const { inserted, stored } = await this.#insert(item, own.user, signal);
      return { inserted, mapping: stored?.mapping ?? own };
    });
  }

  async removeIfMatches(
    user: UserKey,
    communicationUserId: string,
    options: IdentityStoreOptions = {},
  ): Promise<boolean> {
    const key = keyOf(user);
    return withAbortSignal(options, async (signal) => {
      await this.#check.pass();
      for (let round = 1; round <= MAX_ROUNDS; round++) {
        if (round > 1) await backOff(round, signal);
        const stored = await this.#items.read(key, signal);
        if (!stored) await this.#check.confirm();
        if (stored?.mapping.communicationUserId !== communicationUserId) return false;
        if (await this.#items.delete(key, stored.etag, signal)) return true;
      }
      throw notSettled();
    });
  }

  /**
   * As the contract says, in pages of at most 1,000 mappings. Pages can be empty. Costs a query for each page, in request
   * units about what the items on it cost to read. Items that are no mapping of the user whom they name are `unreadable`.
   *
   * @throws TypeError for a malformed option.
   */
  listMappings(options: ListMappingsOptions = {}): AsyncIterable<MappingPage> {
    return this.#list(options, checkListing(options));
  }

  async *#list(options: ListMappingsOptions, { maxPageSize, ...first }: CheckedListing): AsyncGenerator<MappingPage> {
    let { continuationToken } = first;
    do {
      const listing = { maxPageSize, continuationToken };
      const page = await withAbortSignal(options, async (signal) => {
        await this.#check.pass();
        return this.#items.list(listing, signal);
      });
      yield page;
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
  }

  async #insert(item: MappingItem, user: UserKey, signal: AbortSignal): Promise<Insertion> {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      if (round > 1) await backOff(round, signal);
      const creation = await this.#items.create(item, signal);
      if (creation === "created") return { inserted: true };
      const stored = await (creation === "exists" ? this.#items.read(user, signal) : this.#readInDoubt(user, signal));
      if (stored) return { inserted: stored.insertId === item.insertId, stored };
      if (creation !== "exists") throw toWriteError(creation);
    }
    throw notSettled();
  }

  async #readInDoubt(user: UserKey, signal: AbortSignal): Promise<StoredMapping | undefined> {
    await backOff(1, signal);
    try {
      return await this.#items.read(user, signal);
    } catch (error) {
      throw withOutcomeUnknown(error);
    }
  }
}

interface Insertion {
  readonly inserted: boolean;
  /** What was there already. */
  readonly stored?: StoredMapping;
}

/** A copy, without what else the caller's object holds, such as an access token. */
function keyOf({ tenantId, objectId }: UserKey): UserKey {
  return { tenantId, objectId };
}
