import type { AcsAuthError, IdentityMapping, IdentityStoreOptions, MappingPage, UserKey } from "@acs-auth/core";
import { RestError, type TableClient } from "@azure/data-tables";
import { untilAborted } from "./abort.js";
import { Attempts } from "./attempts.js";
import { entityKey, fromEntity, type StoredMapping, toEntity } from "./entity.js";
import { type CheckedListing, toPage } from "./listing.js";
import type { CheckedOptions } from "./options.js";
import { TableFailure } from "./table-failure.js";

/** One call of the store. */
export interface Call {
  readonly attempts: Attempts;
  readonly options: IdentityStoreOptions;
}

/** What became of a creation; an error where that is in doubt. */
export type Creation = "created" | "exists" | AcsAuthError;

/** The three operations on a user's entity, the listing of all, and the creation of the table where that was asked for. */
export class MappingTable {
  readonly #client: TableClient;
  readonly #requestTimeoutInMs: number;
  readonly #createTable: boolean;
  #creation: Promise<void> | undefined;

  constructor({ client, requestTimeoutInMs, createTable }: CheckedOptions) {
    this.#client = client;
    this.#requestTimeoutInMs = requestTimeoutInMs;
    this.#createTable = createTable;
  }

  async read({ attempts, options }: Call, user: UserKey): Promise<StoredMapping | undefined> {
    const { partitionKey, rowKey } = entityKey(user);
    try {
      const entity = await attempts.read((abortSignal) =>
        this.#client.getEntity(partitionKey, rowKey, { ...tracing(options), abortSignal }),
      );
      return fromEntity(user, entity);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw forCaller(error, attempts, "The user's mapping could not be read");
    }
  }

  /** Sent again only while nothing was written for certain. */
  async create({ attempts, options }: Call, mapping: IdentityMapping, writeId: string): Promise<Creation> {
    const entity = toEntity(mapping, writeId);
    try {
      await attempts.create((abortSignal) => this.#client.createEntity(entity, { ...tracing(options), abortSignal }));
      return "created";
    } catch (error) {
      if (!(error instanceof TableFailure)) throw error;
      if (error.is(409, "EntityAlreadyExists")) return "exists";
      if (error.outcomeUnknown) return error.toAcsAuthError("Whether the user's mapping was written is unknown", true);
      throw error.toAcsAuthError("The user's mapping could not be written");
    }
  }

  /** Deletes the entity as it was read; says `gone` or `changed` if another call has been faster for certain. */
  async delete({ attempts, options }: Call, { mapping, etag }: StoredMapping): Promise<"deleted" | "gone" | "changed"> {
    const { partitionKey, rowKey } = entityKey(mapping.user);
    try {
      await attempts.write((abortSignal) =>
        this.#client.deleteEntity(partitionKey, rowKey, { ...tracing(options), abortSignal, etag }),
      );
      return "deleted";
    } catch (error) {
      if (error instanceof TableFailure && !error.outcomeUnknown) {
        if (isNotFound(error)) return "gone";
        if (error.status === 412) return "changed";
      }
      throw forCaller(error, attempts, "The user's mapping could not be removed");
    }
  }

  /** One page of entities; the service may give few or none on a page that others follow. */
  async list({ attempts, options }: Call, listing: CheckedListing): Promise<MappingPage> {
    const { maxPageSize, continuationToken } = listing;
    const settings = { maxPageSize, ...(continuationToken !== undefined && { continuationToken }) };
    try {
      const { value } = await attempts.read((abortSignal) =>
        this.#client
          .listEntities({ ...tracing(options), abortSignal, onResponse: checkIsList })
          .byPage(settings)
          .next(),
      );
      return toPage(value);
    } catch (error) {
      throw forCaller(error, attempts, "The mappings could not be listed");
    }
  }

  /** Creates the table once, before its first use, if it is to be created. A failure is not kept. */
  async ready({ options }: Call): Promise<void> {
    if (!this.#createTable) return;
    this.#creation ??= this.#create();
    const creation = this.#creation;
    await untilAborted(options.abortSignal, undefined, () => creation);
  }

  async #create(): Promise<void> {
    const attempts = new Attempts(this.#requestTimeoutInMs, undefined);
    try {
      await attempts.write((abortSignal) => this.#client.createTable({ abortSignal }));
    } catch (error) {
      this.#creation = undefined;
      throw error instanceof TableFailure ? error.toAcsAuthError("The table could not be created") : error;
    }
  }
}

function tracing({ tracingOptions }: IdentityStoreOptions): Pick<IdentityStoreOptions, "tracingOptions"> {
  return tracingOptions ? { tracingOptions } : {};
}

/** The SDK takes a successful answer of any other kind for the last page, without entities. */
function checkIsList({ status: statusCode }: { readonly status: number }, answer: unknown, error?: unknown): void {
  const { value }: { value?: unknown } = Object(answer);
  if (error === undefined && !Array.isArray(value)) throw new RestError("No list of entities.", { statusCode });
}

/** Of the entity: a missing table is `TableNotFound`. */
function isNotFound(error: unknown): boolean {
  return error instanceof TableFailure && error.is(404, "ResourceNotFound");
}

function forCaller(error: unknown, { writeInDoubt }: Attempts, what: string): unknown {
  return error instanceof TableFailure ? error.toAcsAuthError(what, writeInDoubt) : error;
}
