import assert from "node:assert/strict";
import type { IdentityMapping, InsertResult } from "@acs-auth/core";

/** Compares what the contract names, and no more: a store may hand out objects of a class or a realm of its own. */
export function assertMapping(
  actual: IdentityMapping | undefined,
  expected: IdentityMapping | undefined,
  message?: string,
): void {
  assert.deepEqual(plain(actual), plain(expected), message);
}

export function assertInsertResult(actual: InsertResult, expected: InsertResult): void {
  assert.deepEqual({ ...actual, mapping: plain(actual.mapping) }, { ...expected, mapping: plain(expected.mapping) });
}

function plain(mapping: IdentityMapping | undefined): unknown {
  if (mapping === undefined) return undefined;
  const { user, communicationUserId, createdOn } = mapping;
  return {
    user: { tenantId: user.tenantId, objectId: user.objectId },
    communicationUserId,
    createdOn: Object.prototype.toString.call(createdOn) === "[object Date]" ? createdOn.getTime() : createdOn,
  };
}
