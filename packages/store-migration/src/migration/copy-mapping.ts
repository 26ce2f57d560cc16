import { AcsAuthError, type IdentityMapping, type IdentityStore, type IdentityStoreOptions } from "@acs-auth/core";
import { isSameIdentity } from "../same-identity.js";
import type { MigrationProblem } from "./problem.js";

/** What became of one mapping of the source. */
export type Outcome = "copied" | "alreadyThere" | "removedMeanwhile" | MigrationProblem;

/** From where to where, and how. */
export interface Copying {
  readonly source: IdentityStore;
  readonly target: IdentityStore;
  readonly verifyOnly: boolean;
  readonly replaceDifferent: boolean;
  readonly options: IdentityStoreOptions;
  /** Repeats a request that fails for a reason that may pass. */
  readonly retry: <T>(request: () => Promise<T>) => Promise<T>;
}

/** Copies a mapping unless the target has one of its user. */
export async function copyMapping(copying: Copying, mapping: IdentityMapping): Promise<Outcome> {
  const { target, verifyOnly, options, retry } = copying;
  const { user } = mapping;
  const found = await retry(() => target.get(user, options));
  if (found) return settle(copying, mapping, found);
  if (!verifyOnly) return insert(copying, mapping);
  return (await isStillInSource(copying, mapping)) ? { kind: "missing", user, source: mapping } : "removedMeanwhile";
}

async function insert(copying: Copying, mapping: IdentityMapping): Promise<Outcome> {
  const { target, options, retry } = copying;
  const { mapping: written } = await retry(() => target.insertIfAbsent(mapping, options));
  if (!isSameIdentity(written, mapping)) return settle(copying, mapping, written);
  await retry(() => checkWritten(copying, mapping));
  if (await isStillInSource(copying, mapping)) return "copied";
  await retry(() => target.removeIfMatches(mapping.user, mapping.communicationUserId, options));
  return "removedMeanwhile";
}

async function settle(copying: Copying, source: IdentityMapping, found: IdentityMapping): Promise<Outcome> {
  const { target, verifyOnly, replaceDifferent, options, retry } = copying;
  const { user } = source;
  if (isSameIdentity(source, found)) return "alreadyThere";
  if (!(await isStillInSource(copying, source))) return "removedMeanwhile";
  const replaced = replaceDifferent && !verifyOnly;
  if (replaced) {
    await retry(() => target.removeIfMatches(user, found.communicationUserId, options));
    await insert({ ...copying, replaceDifferent: false }, source);
  }
  return { kind: "different", user, source, target: found, replaced };
}

async function isStillInSource({ source, options, retry }: Copying, mapping: IdentityMapping): Promise<boolean> {
  return isSameIdentity(await retry(() => source.get(mapping.user, options)), mapping);
}

/** Replicas may take a moment to show what has been written; what was removed meanwhile is not waited for. */
async function checkWritten(copying: Copying, mapping: IdentityMapping): Promise<void> {
  const read = await copying.target.get(mapping.user, copying.options);
  if (isSameIdentity(read, mapping) || !(await isStillInSource(copying, mapping))) return;
  throw new AcsAuthError("store_unavailable", "A mapping that was written to the target cannot be read there.", {
    reason: "not_yet_visible",
  });
}
