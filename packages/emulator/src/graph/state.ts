import type { Directory } from "../entra/directory.js";
import type { ClaimsChallenges } from "./claims-challenges.js";
import type { Extension, Extensions } from "./extensions.js";
import type { ReplicaLag } from "./replica-lag.js";

/** What the emulated Microsoft Graph holds, ready for JSON. */
export interface GraphState {
  /** Users who have extensions, as they are, whatever the replica shows. */
  readonly users: readonly {
    /** Name of the fixture. */
    readonly user: string;
    readonly objectId: string;
    readonly extensions: readonly Extension[];
  }[];
  readonly replicaLag: ReplicaLag;
  /** The claims challenges in force; `claims` is JSON. */
  readonly claimsChallenges: readonly { readonly user: string; readonly claims: string }[];
}

export function readState(directory: Directory, extensions: Extensions, challenges: ClaimsChallenges): GraphState {
  return {
    users: directory.users
      .map((user) => ({ user: user.name, objectId: user.objectId, extensions: extensions.current(user) }))
      .filter((user) => user.extensions.length > 0),
    replicaLag: extensions.replicaLag,
    claimsChallenges: challenges.state(),
  };
}
