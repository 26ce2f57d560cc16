import {
  AcsAuthError,
  type IdentityMapping,
  type ListMappingsOptions,
  type MappingPage,
  type UnreadableMapping,
} from "@acs-auth/core";
import { fromItem, userOf } from "./mapping-item.js";
import { checkWholeNumber } from "./options.js";

/** The most items that are asked for at once. A page is also bounded by the service, at 4 MB. */
const MAX_PAGE_SIZE = 1_000;

/** What travels in a header unharmed. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/** Options of a listing, found to be possible. */
export interface CheckedListing {
  readonly maxPageSize: number;
  readonly continuationToken: string | undefined;
}

/** @throws TypeError that names the option. */
export function checkListing({ maxPageSize = MAX_PAGE_SIZE, continuationToken }: ListMappingsOptions): CheckedListing {
  checkWholeNumber(maxPageSize, "maxPageSize", Number.MAX_SAFE_INTEGER);
  if (continuationToken !== undefined && !PRINTABLE_ASCII.test(continuationToken)) {
    throw new TypeError("continuationToken must be one that this store has given.");
  }
  return { maxPageSize: Math.min(maxPageSize, MAX_PAGE_SIZE), continuationToken };
}

export function toPage(items: readonly unknown[], continuationToken: string | undefined): MappingPage {
  const mappings: IdentityMapping[] = [];
  const unreadable: UnreadableMapping[] = [];
  for (const item of items) {
    const user = userOf(item);
    try {
      if (!user) throw new AcsAuthError("mapping_invalid", "The item in Azure Cosmos DB is no mapping of any user.");
      mappings.push(fromItem(item, user).mapping);
    } catch (error) {
      if (!AcsAuthError.is(error)) throw error;
      unreadable.push({ user, error });
    }
  }
  return { mappings, unreadable, continuationToken };
}
