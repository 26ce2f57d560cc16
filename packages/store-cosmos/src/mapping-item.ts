import { AcsAuthError, type IdentityMapping, type UserKey } from "@acs-auth/core";
import { itemIdOf } from "./item-id.js";

/** What the container holds for a user. Never changed once written. */
export interface MappingItem {
  readonly id: string;
  /** The user's ids as the text between the quotes of a JSON string, which for GUIDs and URLs is the id itself. */
  readonly tenantId: string;
  readonly objectId: string;
  readonly communicationUserId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdOn: string;
  /** Names the one call that wrote the item, so that a call whose reply was lost recognizes its own write. */
  readonly insertId: string;
  /** Seconds until Cosmos DB removes the item; -1 for never, whatever the container's default. */
  readonly ttl: number;
}

/** An item as it was read. */
export interface StoredMapping {
  readonly mapping: IdentityMapping;
  readonly insertId: string;
  readonly etag: string;
}

export function toItem(mapping: IdentityMapping, insertId: string, ttl: number): MappingItem {
  const { user, communicationUserId, createdOn } = mapping;
  return {
    id: itemIdOf(user),
    tenantId: wellFormed(user.tenantId),
    objectId: wellFormed(user.objectId),
    communicationUserId,
    createdOn: createdOn.toISOString(),
    insertId,
    ttl,
  };
}

/** @throws AcsAuthError `mapping_invalid` if the item is no mapping of this user. */
export function fromItem(item: unknown, { tenantId, objectId }: UserKey): StoredMapping {
  const stored = propertiesOf(item);
  const { communicationUserId, insertId, _etag: etag } = stored;
  const createdOn = new Date(typeof stored["createdOn"] === "string" ? stored["createdOn"] : Number.NaN);
  const isOfUser = stored["tenantId"] === wellFormed(tenantId) && stored["objectId"] === wellFormed(objectId);
  if (
    !isOfUser ||
    typeof communicationUserId !== "string" ||
    typeof insertId !== "string" ||
    typeof etag !== "string" ||
    Number.isNaN(createdOn.getTime())
  ) {
    throw new AcsAuthError("mapping_invalid", "The item in Azure Cosmos DB is no mapping of this user.");
  }
  return { mapping: { user: { tenantId, objectId }, communicationUserId, createdOn }, insertId, etag };
}

/** Whose item it is, by its properties; `undefined` unless its id agrees, for that user's reading would not find it. */
export function userOf(item: unknown): UserKey | undefined {
  const stored = propertiesOf(item);
  const tenantId = original(stored["tenantId"]);
  const objectId = original(stored["objectId"]);
  if (tenantId === undefined || objectId === undefined) return undefined;
  return stored["id"] === itemIdOf({ tenantId, objectId }) ? { tenantId, objectId } : undefined;
}

function propertiesOf(item: unknown): Readonly<Record<string, unknown>> {
  return typeof item === "object" && item !== null ? { ...item } : {};
}

/** One-to-one, and free of the lone surrogates that no UTF-8 document can hold. */
function wellFormed(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The inverse; `undefined` for what is the well-formed text of nothing. */
function original(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
