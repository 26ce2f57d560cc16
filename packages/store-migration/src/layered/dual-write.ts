import { AcsAuthError, type IdentityMapping, type IdentityStoreOptions, type InsertResult } from "@acs-auth/core";
import { isSameIdentity } from "../same-identity.js";
import { removeFrom, type StageOperations, type TwoStores } from "./two-stores.js";

/**
 * New mappings are written to `current` first and then to `previous`, which decides: a mapping counts once it is there.
 * One that is in `current` alone, because the call that wrote it has not come further, is completed by whoever meets it.
 */
export function dualWrite(stores: TwoStores): StageOperations {
  const { current, previous } = stores;
  return {
    async get(user, options) {
      const decided = await previous.get(user, options);
      if (decided) return decided;
      const begun = await current.get(user, options);
      return begun && complete(stores, begun, options);
    },

    async insertIfAbsent(mapping, options) {
      const decided = await previous.get(mapping.user, options);
      if (decided) return { inserted: false, mapping: decided };
      const begun = await current.insertIfAbsent(mapping, options);
      const completed = await complete(stores, begun.mapping, options);
      // What another call has removed meanwhile was inserted all the same.
      const result = completed ?? begun.mapping;
      return { inserted: begun.inserted && isSameIdentity(result, mapping), mapping: result };
    },

    removeIfMatches: removeFrom(current, previous),
  };
}

/** The mapping that counts after this: the one that was begun, or another that was faster; `undefined` if it was removed. */
async function complete(
  { current, previous }: TwoStores,
  begun: IdentityMapping,
  options: IdentityStoreOptions | undefined,
): Promise<IdentityMapping | undefined> {
  const { user, communicationUserId } = begun;
  const { mapping } = await previous.insertIfAbsent(begun, options).catch(asUnknownOutcome);
  if (!isSameIdentity(mapping, begun)) {
    await current.removeIfMatches(user, communicationUserId, options);
    return mapping;
  }
  if (isSameIdentity(await current.get(user, options), begun)) return mapping;
  await previous.removeIfMatches(user, communicationUserId, options);
  return undefined;
}

/** `previous` wrote nothing where it says so, but `current` has. */
function asUnknownOutcome(error: unknown): Promise<InsertResult> {
  if (!AcsAuthError.is(error, "store_denied") && !AcsAuthError.is(error, "throttled")) throw error;
  const { retryAfterInMs } = error;
  throw new AcsAuthError(
    "store_unavailable",
    "The mapping was written to the current store, not to the previous one.",
    {
      cause: error,
      reason: "half_written",
      ...(retryAfterInMs === undefined ? {} : { retryAfterInMs }),
    },
  );
}
