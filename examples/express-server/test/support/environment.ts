import type { Emulator } from "@acs-auth/emulator";

/** The variables that let the server work against an emulator. */
export function environmentFor(emulator: Emulator) {
  const { tenants, applications } = emulator.fixtures;
  return {
    AZURE_TENANT_ID: tenants.home.id,
    AZURE_CLIENT_ID: applications.api.clientId,
    AZURE_CLIENT_SECRET: applications.api.clientSecret,
    AZURE_AUTHORITY_HOST: emulator.entra.url,
    COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.communication.connectionString,
    IDENTITY_STORE: "memory",
    HOST: "127.0.0.1",
    PORT: "0",
  };
}

/** The same with mappings in the emulator's Microsoft Graph. */
export function graphEnvironmentFor(emulator: Emulator) {
  return {
    ...environmentFor(emulator),
    IDENTITY_STORE: "graph",
    MAPPING_KEYS: `test:${Buffer.alloc(32, "mapping key of a test").toString("base64")}`,
    GRAPH_ENDPOINT: emulator.graph.url,
  };
}
