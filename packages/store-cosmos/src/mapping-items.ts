import type { MappingPage, UserKey } from "@acs-auth/core";
import { type Container, ErrorResponse } from "@azure/cosmos";
import type { Connection } from "./connect.js";
import { CosmosFailure } from "./cosmos-failure.js";
import { itemIdOf } from "./item-id.js";
import { type CheckedListing, toPage } from "./listing.js";
import { fromItem, type MappingItem, type StoredMapping } from "./mapping-item.js";
import { loggingCharge } from "./request-charge.js";
import { withRetries } from "./retry.js";
import { toReadError, toWriteError } from "./store-error.js";

/** What became of a creation; a failure where that is in doubt. */
export type Creation = "created" | "exists" | CosmosFailure;

/**
 * The point operations on the container, one request each unless it has to be repeated, and the listing of its items.
 * Otherwise never a query, never an upsert.
 */
export class MappingItems {
  readonly #container: Container;
  readonly #maxAttempts: number;

  constructor({ container, maxAttempts }: Connection) {
    this.#container = container;
    this.#maxAttempts = maxAttempts;
  }

  /** `undefined` only if Cosmos DB says that this item does not exist. */
  async read(user: UserKey, abortSignal: AbortSignal): Promise<StoredMapping | undefined> {
    const id = itemIdOf(user);
    try {
      const item = await withRetries(() => this.#read(id, abortSignal), this.#maxAttempts, abortSignal);
      return fromItem(item, user);
    } catch (error) {
      if (error instanceof CosmosFailure && error.isItemAbsent) return undefined;
      throw toReadError(error);
    }
  }

  /** Sent again only while no attempt may have been applied. */
  async create(item: MappingItem, abortSignal: AbortSignal): Promise<Creation> {
    const create = () => loggingCharge("create", () => this.#container.items.create(item, { abortSignal }));
    try {
      await withRetries(create, this.#maxAttempts, abortSignal, ({ mayBeApplied }) => !mayBeApplied);
      return "created";
    } catch (error) {
      if (error instanceof CosmosFailure && error.mayBeApplied) return error;
      if (error instanceof CosmosFailure && error.status === 409) return "exists";
      throw toReadError(error);
    }
  }

  /** False if the item is gone or is no longer the one that was read. */
  async delete(user: UserKey, etag: string, abortSignal: AbortSignal): Promise<boolean> {
    const id = itemIdOf(user);
    const accessCondition = { type: "IfMatch", condition: etag };
    const remove = () => this.#container.item(id, id).delete({ abortSignal, accessCondition });
    try {
      await withRetries(() => loggingCharge("delete", remove), this.#maxAttempts, abortSignal);
      return true;
    } catch (error) {
      if (error instanceof CosmosFailure && isOvertaken(error)) return false;
      throw toWriteError(error);
    }
  }

  /** One page of items; the service may give few or none on a page that others follow. */
  async list(listing: CheckedListing, abortSignal: AbortSignal): Promise<MappingPage> {
    try {
      const send = () => loggingCharge("list", () => this.#list(listing, abortSignal));
      const { items, continuationToken } = await withRetries(send, this.#maxAttempts, abortSignal);
      return toPage(items, continuationToken);
    } catch (error) {
      throw toReadError(error);
    }
  }

  /**
   * A query without a filter, order or aggregate is one that Cosmos DB's gateway carries out over all partitions by
   * itself, with continuation tokens of its own.
   *
   * @see https://learn.microsoft.com/rest/api/cosmos-db/querying-cosmosdb-resources-using-the-rest-api
   */
  async #list({ maxPageSize, continuationToken }: CheckedListing, abortSignal: AbortSignal) {
    const options = { abortSignal, maxItemCount: maxPageSize, ...(continuationToken && { continuationToken }) };
    const page = await this.#container.items.readAll(options).fetchNext();
    const { requestCharge } = page;
    const items: unknown = page.resources;
    // The SDK takes an empty answer for the last page. Every answer of Cosmos DB itself has its charge.
    if (!Array.isArray(items) || !(requestCharge > 0)) throw new Error("The answer is no list of items.");
    return { items, continuationToken: page.continuationToken, statusCode: 200, requestCharge };
  }

  async #read(id: string, abortSignal: AbortSignal): Promise<unknown> {
    const read = () => this.#container.item(id, id).read({ abortSignal });
    const { resource, statusCode, substatus, headers } = await loggingCharge("read", read);
    if (statusCode !== 404) return resource;
    // Unlike its other methods, the SDK's read does not throw for a 404, whatever its sub-status.
    throw Object.assign(new ErrorResponse("Not found."), { code: statusCode, substatus, headers });
  }
}

/** Whether somebody else removed or replaced the item: not if it may have been an earlier attempt of this deletion. */
function isOvertaken(failure: CosmosFailure): boolean {
  return (failure.isItemAbsent || failure.status === 412) && !failure.mayBeApplied;
}
