import type { UserKey } from "@acs-auth/core";

/** One text for a user: distinct for distinct users, whatever characters their ids hold. */
export function textOf({ tenantId, objectId }: UserKey): string {
  return `${tenantId.length}:${tenantId}${objectId}`;
}

/** The user of such a text. */
export function userOf(text: string): UserKey {
  const tenantStart = text.indexOf(":") + 1;
  const tenantEnd = tenantStart + Number(text.slice(0, tenantStart - 1));
  return { tenantId: text.slice(tenantStart, tenantEnd), objectId: text.slice(tenantEnd) };
}
