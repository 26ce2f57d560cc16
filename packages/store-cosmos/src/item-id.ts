import { createHash } from "node:crypto";
import type { UserKey } from "@acs-auth/core";

/**
 * The id of a user's item, which is its partition key too: 64 hexadecimal digits, distinct for distinct users whatever
 * characters their ids hold and however long they are. Cosmos DB allows ids of 1,023 bytes without `/`, `\`, `#`, `?`.
 *
 * @see https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-item-limits
 */
export function itemIdOf({ tenantId, objectId }: UserKey): string {
  return createHash("sha256").update(`${tenantId.length}:${tenantId}${objectId}`, "utf16le").digest("hex");
}
