import type { IdentityStore, OrphanedIdentity } from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import type { LoadUser } from "./world.js";

/** How the identities at ACS compare with the mappings and the reports. */
export interface Books {
  readonly mapped: number;
  /** Mapped identities that do not exist. */
  readonly dead: number;
  /** Identities that exist and that neither a mapping nor a report names. */
  readonly unnamed: number;
  /** Reports of a creation whose reply, and with it the id, was lost. */
  readonly lostReplies: number;
  readonly reports: number;
}

export async function readBooks(
  emulator: Emulator,
  store: IdentityStore,
  users: readonly LoadUser[],
  orphans: readonly OrphanedIdentity[],
): Promise<Books> {
  const mapped = new Set<string>();
  for (const { key, newToken } of users) {
    const mapping = await store.get(key, { userAssertion: await newToken() });
    if (mapping) mapped.add(mapping.communicationUserId);
  }
  const { identities } = emulator.state().communication;
  const live = new Set(identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id));
  const reported = new Set(orphans.map(({ communicationUserId }) => communicationUserId));
  return {
    mapped: mapped.size,
    dead: [...mapped].filter((id) => !live.has(id)).length,
    unnamed: [...live].filter((id) => !mapped.has(id) && !reported.has(id)).length,
    lostReplies: orphans.filter(({ communicationUserId }) => communicationUserId === undefined).length,
    reports: orphans.length,
  };
}
