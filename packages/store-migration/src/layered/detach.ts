import { removeFrom, type StageOperations, type TwoStores } from "./two-stores.js";

/** `current` holds every mapping and is asked alone; removals still reach `previous`. */
export function detach({ current, previous }: TwoStores): StageOperations {
  return {
    get: (user, options) => current.get(user, options),
    insertIfAbsent: (mapping, options) => current.insertIfAbsent(mapping, options),
    removeIfMatches: removeFrom(previous, current),
  };
}
