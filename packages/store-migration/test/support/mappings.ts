import { randomUUID } from "node:crypto";
import type { IdentityMapping, UserKey } from "@acs-auth/core";

export function newUser(): UserKey {
  return { tenantId: "a0000000-0000-4000-8000-000000000000", objectId: randomUUID() };
}

/** A mapping of the user to a new identity. */
export function newMapping(user: UserKey): IdentityMapping {
  return {
    user,
    communicationUserId: `8:acs:${randomUUID()}_${randomUUID()}`,
    createdOn: new Date("2026-01-02T03:04:05.678Z"),
  };
}
