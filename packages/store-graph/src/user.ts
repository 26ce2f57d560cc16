import type { UserKey } from "@acs-auth/core";

const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** A user of Entra ID, with both ids in lower case. */
export interface EntraUser {
  readonly tenantId: string;
  readonly objectId: string;
}

/** @throws TypeError if the key names no user of Entra ID; the message does not repeat it. */
export function entraUser(user: UserKey): EntraUser {
  if (!isGuid(user?.tenantId) || !isGuid(user.objectId)) {
    throw new TypeError("GraphIdentityStore serves users of Entra ID: tenantId and objectId must be GUIDs.");
  }
  return { tenantId: user.tenantId.toLowerCase(), objectId: user.objectId.toLowerCase() };
}

export function isGuid(value: unknown): value is string {
  return typeof value === "string" && GUID.test(value);
}
