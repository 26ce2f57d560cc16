import type { Emulator } from "./emulator.js";

/**
 * The environment variables of a server that uses the emulator as the fixture API, by the names that the Azure SDKs and
 * the example server read. Node.js reads `NODE_EXTRA_CA_CERTS` only as it starts.
 */
export type ServerSettings = Readonly<
  Record<
    | "NODE_EXTRA_CA_CERTS"
    | "AZURE_AUTHORITY_HOST"
    | "AZURE_TENANT_ID"
    | "AZURE_CLIENT_ID"
    | "AZURE_CLIENT_SECRET"
    | "COMMUNICATION_SERVICES_CONNECTION_STRING"
    | "GRAPH_ENDPOINT",
    string
  >
>;

type SettingsSource = Pick<Emulator, "fixtures" | "entra" | "communication" | "graph" | "caFile">;

export function serverSettings({ fixtures, entra, communication, graph, caFile }: SettingsSource): ServerSettings {
  const { api } = fixtures.applications;
  return {
    NODE_EXTRA_CA_CERTS: caFile,
    AZURE_AUTHORITY_HOST: entra.url,
    AZURE_TENANT_ID: fixtures.tenants.home.id,
    AZURE_CLIENT_ID: api.clientId,
    AZURE_CLIENT_SECRET: api.clientSecret,
    COMMUNICATION_SERVICES_CONNECTION_STRING: communication.connectionString,
    GRAPH_ENDPOINT: graph.url,
  };
}
