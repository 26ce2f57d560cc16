import {
  AcsAuthError,
  type AcsAuthErrorCode,
  type IdentityMapping,
  type ListMappingsOptions,
  type MappingPage,
  type UnreadableMapping,
} from "@acs-auth/core";
import pMap from "p-map";
import { withAbortSignal } from "./abort.js";
import { type DirectoryUsers, firstPage, isNextPage } from "./graph/directory-users.js";
import type { Extensions } from "./graph/extensions.js";
import type { MappingCodec } from "./mapping/mapping-codec.js";
import { checkPositiveInteger } from "./option-checks.js";
import type { EntraUser } from "./user.js";

/** Each user on a page costs a request. */
const DEFAULT_PAGE_SIZE = 100;

/** The most users that Graph puts on a page. */
const MAX_PAGE_SIZE = 999;

/** How many users' extensions are read at a time. */
const CONCURRENT_READS = 8;

const REFUSED: ReadonlySet<AcsAuthErrorCode> = new Set(["mapping_tampered", "mapping_unsigned", "mapping_invalid"]);

export interface MappingListingOptions {
  readonly tenantId: string;
  readonly users: DirectoryUsers;
  readonly extensions: Extensions;
  readonly extensionName: string;
  readonly codec: MappingCodec;
}

type Found = { readonly mapping: IdentityMapping } | { readonly unreadable: UnreadableMapping };

/** All users of a tenant with their mappings. */
export class MappingListing {
  readonly #options: MappingListingOptions;

  constructor(options: MappingListingOptions) {
    this.#options = options;
  }

  /** @throws TypeError that names the option. */
  pages(options: ListMappingsOptions): AsyncIterable<MappingPage> {
    const { maxPageSize = DEFAULT_PAGE_SIZE, continuationToken } = options;
    const pageSize = Math.min(checkPositiveInteger(maxPageSize, "maxPageSize"), MAX_PAGE_SIZE);
    if (continuationToken !== undefined && !isNextPage(continuationToken)) {
      throw new TypeError("continuationToken must be one that this store has given.");
    }
    return this.#pages(options, continuationToken ?? firstPage(pageSize));
  }

  async *#pages(options: ListMappingsOptions, first: string): AsyncGenerator<MappingPage> {
    for (let query: string | undefined = first; query !== undefined; ) {
      const current: string = query;
      const page = await withAbortSignal(options, (signal) => this.#page(current, signal));
      yield page;
      query = page.continuationToken;
    }
  }

  async #page(query: string, signal: AbortSignal): Promise<MappingPage> {
    const { tenantId, users } = this.#options;
    const { objectIds, next } = await users.page({ signal }, query);
    const read = (objectId: string) => this.#read({ tenantId, objectId }, signal);
    const found = await pMap(objectIds, read, { concurrency: CONCURRENT_READS });
    return {
      mappings: found.flatMap((each) => (each && "mapping" in each ? [each.mapping] : [])),
      unreadable: found.flatMap((each) => (each && "unreadable" in each ? [each.unreadable] : [])),
      continuationToken: next,
    };
  }

  /** `undefined` for a user without a mapping, and for one who has been deleted since the page was read. */
  async #read(user: EntraUser, signal: AbortSignal): Promise<Found | undefined> {
    const { extensions, extensionName, codec } = this.#options;
    try {
      const extension = await extensions.read({ user, userAssertion: undefined, signal }, extensionName);
      if (extension === undefined) return undefined;
      const { communicationUserId, createdOn } = await codec.decode(user, extension);
      return { mapping: { user, communicationUserId, createdOn } };
    } catch (error) {
      if (!AcsAuthError.is(error)) throw error;
      if (REFUSED.has(error.code)) return { unreadable: { user, error } };
      if (error.code === "store_denied" && error.reason === "user_not_found") return undefined;
      throw error;
    }
  }
}
