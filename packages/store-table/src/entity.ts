import { createHash } from "node:crypto";
import { AcsAuthError, type IdentityMapping, type UserKey } from "@acs-auth/core";

/** The one row in each user's partition. */
const ROW_KEY = "acs-identity";

/** A mapping as the table keeps it. */
export interface MappingEntity {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly communicationUserId: string;
  readonly createdOn: Date;
  /** Names the call that wrote the entity, so that a call whose reply was lost recognises its own. */
  readonly writeId: string;
}

/** What was read of an entity. */
export interface StoredMapping {
  readonly mapping: IdentityMapping;
  readonly writeId: unknown;
  /** Changes whenever the entity does. */
  readonly etag: string;
}

/**
 * The key of a user's entity: a partition per user, under a digest of the user. Digests spread the users evenly over
 * the servers of the table, keep their ids out of URLs, and fit the service's key limits whatever characters ids hold.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/designing-a-scalable-partitioning-strategy-for-azure-table-storage
 */
export function entityKey({ tenantId, objectId }: UserKey): { partitionKey: string; rowKey: string } {
  const distinct = `${tenantId.length}:${tenantId}${objectId}`;
  return { partitionKey: createHash("sha256").update(distinct, "utf16le").digest("hex"), rowKey: ROW_KEY };
}

export function toEntity({ user, communicationUserId, createdOn }: IdentityMapping, writeId: string): MappingEntity {
  return { ...entityKey(user), ...userColumns(user), communicationUserId, createdOn, writeId };
}

/** @throws AcsAuthError `mapping_invalid` for an entity that this store has not written for this user. */
export function fromEntity(user: UserKey, entity: Readonly<Record<string, unknown>> & { etag: string }): StoredMapping {
  const { tenantId, objectId, communicationUserId, createdOn, writeId, etag } = entity;
  const columns = userColumns(user);
  const isOfUser = tenantId === columns.tenantId && objectId === columns.objectId;
  if (!isOfUser || typeof communicationUserId !== "string" || !(createdOn instanceof Date)) {
    throw new AcsAuthError("mapping_invalid", "The table holds something that is no mapping of this user.");
  }
  return { mapping: toMapping({ user, communicationUserId, createdOn }), writeId, etag };
}

/** Whose entity it is, by its columns; `undefined` unless its keys agree, for that user's reading would not find it. */
export function userOf(entity: Readonly<Record<string, unknown>>): UserKey | undefined {
  const tenantId = unescapeText(entity["tenantId"]);
  const objectId = unescapeText(entity["objectId"]);
  if (tenantId === undefined || objectId === undefined) return undefined;
  const { partitionKey, rowKey } = entityKey({ tenantId, objectId });
  const isTheirs = entity["partitionKey"] === partitionKey && entity["rowKey"] === rowKey;
  return isTheirs ? { tenantId, objectId } : undefined;
}

/** A copy. */
export function toMapping({ user, communicationUserId, createdOn }: IdentityMapping): IdentityMapping {
  const { tenantId, objectId } = user;
  return { user: { tenantId, objectId }, communicationUserId, createdOn: new Date(createdOn) };
}

function userColumns({ tenantId, objectId }: UserKey): { tenantId: string; objectId: string } {
  return { tenantId: escapeText(tenantId), objectId: escapeText(objectId) };
}

/** Leaves GUIDs and URLs as they are, and escapes as JSON does what no database text can hold (lone surrogates). */
function escapeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** `undefined` for what no `escapeText` made. */
function unescapeText(column: unknown): string | undefined {
  if (typeof column !== "string") return undefined;
  try {
    const text: unknown = JSON.parse(`"${column}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
