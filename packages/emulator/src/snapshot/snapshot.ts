import type { Communication } from "../communication/index.js";
import type { CommunicationSnapshot } from "../communication/snapshot.js";
import type { Entra } from "../entra/index.js";
import type { EntraSnapshot } from "../entra/snapshot.js";
import type { Graph } from "../graph/index.js";
import type { GraphSnapshot } from "../graph/snapshot.js";
import { Place } from "./place.js";

const format = "acs-auth-emulator";
const version = 1;

/**
 * Everything an emulator needs to go on where another one was, ready for JSON. It holds the private keys that the
 * emulator signs with: treat it like the emulator's other fixtures, and never trust these keys anywhere else.
 */
export interface EmulatorSnapshot {
  /** Tells a snapshot from other JSON. */
  readonly format: typeof format;
  /** Of the format. An emulator imports its own version only. */
  readonly version: typeof version;
  /** Keys, redeemed codes, consents, policies and revoked sessions. */
  readonly entra: EntraSnapshot;
  /** Signing keys, identities and the records of issued tokens. Only for a resource of the same id. */
  readonly communication: CommunicationSnapshot;
  /** Open extensions, lag and claims challenges. */
  readonly graph: GraphSnapshot;
}

export interface SnapshotParts {
  readonly entra: Pick<Entra, "exportState" | "readState">;
  readonly communication: Pick<Communication, "exportState" | "readState">;
  readonly graph: Pick<Graph, "exportState" | "readState">;
}

/** All parts are taken at the same moment. */
export async function exportSnapshot(parts: SnapshotParts): Promise<EmulatorSnapshot> {
  const [entra, communication, graph] = await Promise.all([
    parts.entra.exportState(),
    parts.communication.exportState(),
    parts.graph.exportState(),
  ]);
  return structuredClone({ format, version, entra, communication, graph });
}

/** Reads all parts before it changes any. @throws TypeError that names what does not fit. */
export async function importSnapshot(snapshot: unknown, parts: SnapshotParts): Promise<void> {
  const place = new Place(structuredClone(snapshot));
  checkFormat(place.object());
  const member = place.members("format", "version", "entra", "communication", "graph");
  const changes = [
    await parts.entra.readState(member("entra")),
    await parts.communication.readState(member("communication")),
    parts.graph.readState(member("graph")),
  ];
  for (const change of changes) change();
}

function checkFormat(snapshot: Readonly<Record<string, unknown>>): void {
  if (snapshot["format"] !== format) {
    throw new TypeError(`This is no snapshot of the emulator: its "format" is not "${format}".`);
  }
  const found = snapshot["version"];
  if (found === version) return;
  if (!Number.isSafeInteger(found)) throw new TypeError('The snapshot\'s "version" must be a whole number.');
  const advice = Number(found) > version ? "Import it with a newer release." : "Export it again with this release.";
  throw new TypeError(`The snapshot has version ${found}, but this emulator reads version ${version} only. ${advice}`);
}
