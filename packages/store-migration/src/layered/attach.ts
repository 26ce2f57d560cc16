import { removeFrom, type StageOperations, type TwoStores } from "./two-stores.js";

/** `previous` alone holds mappings; removals already reach `current` too. */
export function attach({ current, previous }: TwoStores): StageOperations {
  return {
    get: (user, options) => previous.get(user, options),
    insertIfAbsent: (mapping, options) => previous.insertIfAbsent(mapping, options),
    removeIfMatches: removeFrom(current, previous),
  };
}
