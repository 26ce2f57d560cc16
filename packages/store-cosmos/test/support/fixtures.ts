import type { IdentityMapping, UserKey } from "@acs-auth/core";

const RESOURCE = "8:acs:00000000-0000-0000-0000-0000000000aa";

/** The emulator's fixture users are numbered; so are these. */
export function user(n: number): UserKey {
  return {
    tenantId: "00000000-0000-4000-8000-00000000000a",
    objectId: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
  };
}

export function communicationUserId(n: number): string {
  return `${RESOURCE}_${String(n).padStart(8, "0")}-0000-0000-0000-000000000000`;
}

export function mappingOf(n: number, identity = n): IdentityMapping {
  return {
    user: user(n),
    communicationUserId: communicationUserId(identity),
    createdOn: new Date("2026-01-02T03:04:05.678Z"),
  };
}
