import { removeFrom, type StageOperations, type TwoStores } from "./two-stores.js";

/**
 * New mappings go to `current`, and what `previous` has still counts. It is asked first: should both have a mapping of a
 * user, because a server was killed at the stage before, that of `previous` has been in use.
 */
export function readThrough({ current, previous }: TwoStores): StageOperations {
  const removeFromBoth = removeFrom(previous, current);
  return {
    async get(user, options) {
      return (await previous.get(user, options)) ?? current.get(user, options);
    },

    async insertIfAbsent(mapping, options) {
      const existing = await previous.get(mapping.user, options);
      return existing ? { inserted: false, mapping: existing } : current.insertIfAbsent(mapping, options);
    },

    async removeIfMatches(user, communicationUserId, options) {
      const removed = await removeFromBoth(user, communicationUserId, options);
      // A server at `dual-write` may have written to `previous` what it found in `current` in between.
      return (await previous.removeIfMatches(user, communicationUserId, options)) || removed;
    },
  };
}
