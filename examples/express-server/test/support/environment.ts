import type { Emulator } from "@acs-auth/emulator";

/** The variables that let the server work against an emulator. */
export function environmentFor(emulator: Emulator) {
  return { ...emulator.serverSettings, IDENTITY_STORE: "memory", HOST: "127.0.0.1", PORT: "0" };
}

/** The same with mappings in the emulator's Microsoft Graph. */
export function graphEnvironmentFor(emulator: Emulator) {
  return {
    ...environmentFor(emulator),
    IDENTITY_STORE: "graph",
    MAPPING_KEYS: `test:${Buffer.alloc(32, "mapping key of a test").toString("base64")}`,
  };
}
