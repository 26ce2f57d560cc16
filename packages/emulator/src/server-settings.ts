import type { Emulator } from "./emulator.js";

/** What an emulator's URLs and fixtures are made into environment variables from. */
export type SettingsSource = Pick<Emulator, "fixtures" | "entra" | "communication" | "graph" | "caFile">;

/** The environment variables of a server that uses the emulator as the fixture API. */
export function serverSettings({ fixtures, entra, communication, graph, caFile }: SettingsSource) {
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
