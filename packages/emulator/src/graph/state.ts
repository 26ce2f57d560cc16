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
    /** The user's `id` in Graph. */
    readonly objectId: string;
    /** At least one. */
    readonly extensions: readonly Extension[];
  }[];
  /** Of the writes from now on. */
  readonly replicaLag: ReplicaLag;
  /** The claims challenges in force. */
  readonly claimsChallenges: readonly {
    /** Name of the fixture. */
    readonly user: string;
    /** The claims request, JSON. */
    readonly claims: string;
  }[];
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
