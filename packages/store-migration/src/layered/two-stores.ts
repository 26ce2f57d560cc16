import type { IdentityStore } from "@acs-auth/core";

/** The store that is moved to and the one that is moved from. */
export interface TwoStores {
  readonly current: IdentityStore;
  readonly previous: IdentityStore;
}

/** How two stores act as one, at one stage of a move. */
export type StageOperations = Pick<IdentityStore, "get" | "insertIfAbsent" | "removeIfMatches">;

/**
 * Removes from both stores, and last from the one that decides: a removal that is cut short in between has not happened
 * and can be repeated.
 */
export function removeFrom(other: IdentityStore, deciding: IdentityStore): StageOperations["removeIfMatches"] {
  return async (user, communicationUserId, options) => {
    const removed = await other.removeIfMatches(user, communicationUserId, options);
    return (await deciding.removeIfMatches(user, communicationUserId, options)) || removed;
  };
}
