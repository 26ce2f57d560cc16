import type { IdentityMapping } from "@acs-auth/core";

export function isSameIdentity(one: IdentityMapping | undefined, other: IdentityMapping): boolean {
  return one?.communicationUserId === other.communicationUserId;
}
