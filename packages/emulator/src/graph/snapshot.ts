import type { Directory } from "../entra/directory.js";
import type { Place } from "../snapshot/place.js";
import { type ClaimsChallenges, condition } from "./claims-challenges.js";
import type { Extension, Extensions } from "./extensions.js";
import type { ReplicaLag } from "./replica-lag.js";

/** What the emulated Microsoft Graph needs to go on where it was. Its replica has caught up with every write. */
export interface GraphSnapshot {
  readonly users: readonly { readonly user: string; readonly extensions: readonly Extension[] }[];
  readonly replicaLag: ReplicaLag;
  /** `claims` is JSON. */
  readonly claimsChallenges: readonly { readonly user: string; readonly claims: string }[];
}

export interface GraphParts {
  readonly directory: Directory;
  readonly extensions: Extensions;
  readonly challenges: ClaimsChallenges;
}

export function exportGraph({ directory, extensions, challenges }: GraphParts): GraphSnapshot {
  return {
    users: directory.users
      .map((user) => ({ user: user.name, extensions: extensions.current(user) }))
      .filter((user) => user.extensions.length > 0),
    replicaLag: extensions.replicaLag,
    claimsChallenges: challenges.state(),
  };
}

/** @returns what puts the snapshot in the place of the present state. @throws TypeError that names what does not fit. */
export function readGraph(place: Place, { directory, extensions, challenges }: GraphParts): () => void {
  const member = place.members("users", "replicaLag", "claimsChallenges");
  const readUser = (name: Place) => name.resolve((text) => directory.user(text));
  const users = member("users")
    .items()
    .map((user) => {
      const of = user.members("user", "extensions");
      return { user: readUser(of("user")), extensions: of("extensions").items().map(readExtension) };
    });
  const replicaLag = readReplicaLag(member("replicaLag"));
  const claimsChallenges = member("claimsChallenges")
    .items()
    .map((challenge) => {
      const of = challenge.members("user", "claims");
      of("claims").resolve(condition);
      return { user: readUser(of("user")).name, claims: of("claims").text() };
    });
  return () => {
    extensions.reset();
    for (const { user, extensions: restored } of users) extensions.restore(user, restored);
    extensions.replicaLag = replicaLag;
    challenges.restore(claimsChallenges);
  };
}

function readExtension(place: Place): Extension {
  const of = place.members("id", "createdBy", "properties");
  return { id: of("id").text(), createdBy: of("createdBy").text(), properties: of("properties").object() };
}

function readReplicaLag(place: Place): ReplicaLag {
  const of = place.members("milliseconds", "reads");
  const [milliseconds, reads] = [of("milliseconds"), of("reads")];
  return {
    ...(milliseconds.isPresent && { milliseconds: milliseconds.wholeNumber() }),
    ...(reads.isPresent && { reads: reads.wholeNumber() }),
  };
}
