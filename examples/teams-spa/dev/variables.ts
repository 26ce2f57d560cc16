import type { Emulator } from "@acs-auth/emulator";

/** What is needed of an emulator. */
export type EmulatorUrls = Pick<Emulator, "fixtures"> & { readonly entra: Pick<Emulator["entra"], "url"> };

/** The page's variables for an emulator; any tenant of it may be named in place of its home tenant. */
export function variablesFor({ entra, fixtures }: EmulatorUrls, serverUrl: string, tenant = fixtures.tenants.home.id) {
  const { api, client } = fixtures.applications;
  return {
    VITE_AUTHORITY: `${entra.url}/${tenant}`,
    VITE_KNOWN_AUTHORITIES: new URL(entra.url).host,
    VITE_CLIENT_ID: client.clientId,
    VITE_API_SCOPE: `api://${api.clientId}/access_as_user`,
    VITE_SERVER_ENDPOINT: serverUrl,
  };
}
