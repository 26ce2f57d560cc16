import {
  AcsAuthError,
  type IdentityMapping,
  type ListMappingsOptions,
  type MappingPage,
  type UnreadableMapping,
} from "@acs-auth/core";
import type { TableEntityResultPage } from "@azure/data-tables";
import { fromEntity, userOf } from "./entity.js";

/** The most entities that the service puts on a page, and how many it does by itself. */
const MAX_PAGE_SIZE = 1_000;

/** Options of a listing, found to be possible. */
export interface CheckedListing {
  readonly maxPageSize: number;
  readonly continuationToken: string | undefined;
}

/** @throws TypeError that names the option. */
export function checkListing({ maxPageSize = MAX_PAGE_SIZE, continuationToken }: ListMappingsOptions): CheckedListing {
  if (!Number.isSafeInteger(maxPageSize) || maxPageSize < 1) {
    throw new TypeError("maxPageSize must be a positive whole number.");
  }
  if (continuationToken !== undefined && !isToken(continuationToken)) {
    throw new TypeError("continuationToken must be one that this store has given.");
  }
  return { maxPageSize: Math.min(maxPageSize, MAX_PAGE_SIZE), continuationToken };
}

export function toPage(entities: TableEntityResultPage<Readonly<Record<string, unknown>>>): MappingPage {
  const mappings: IdentityMapping[] = [];
  const unreadable: UnreadableMapping[] = [];
  for (const entity of entities) {
    const user = userOf(entity);
    try {
      if (!user) throw new AcsAuthError("mapping_invalid", "The table holds something that is no mapping of any user.");
      mappings.push(fromEntity(user, entity).mapping);
    } catch (error) {
      if (!AcsAuthError.is(error)) throw error;
      unreadable.push({ user, error });
    }
  }
  return { mappings, unreadable, continuationToken: entities.continuationToken };
}

/** The SDK's form: JSON in base64. Whether it is of this table, the service decides. */
function isToken(token: string): boolean {
  try {
    const { nextPartitionKey, nextRowKey = "" } = Object(JSON.parse(Buffer.from(token, "base64").toString("utf8")));
    return typeof nextPartitionKey === "string" && nextPartitionKey !== "" && typeof nextRowKey === "string";
  } catch {
    return false;
  }
}
