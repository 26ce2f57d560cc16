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
