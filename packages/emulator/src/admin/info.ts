import { version } from "../../package.json";
import type { Fixtures } from "../fixtures.js";
import type { ServerSettings } from "../server-settings.js";
import type { AdminTarget } from "./index.js";

/** What does not change while an emulator runs, ready for JSON. Its keys and secrets are fixtures. */
export interface EmulatorInfo {
  readonly version: string;
  readonly services: { readonly entra: string; readonly communication: string; readonly graph: string };
  /** The environment variables of a server that uses the emulator. */
  readonly settings: ServerSettings;
  readonly fixtures: Fixtures;
}

export function emulatorInfo(emulator: AdminTarget): EmulatorInfo {
  const { entra, communication, graph, fixtures, serverSettings } = emulator;
  return {
    version,
    services: { entra: entra.url, communication: communication.url, graph: graph.url },
    settings: serverSettings,
    fixtures,
  };
}
