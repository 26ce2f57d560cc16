import { EntraAuthorityHosts } from "@acs-auth/core";
import { AzureAuthorityHosts, ClientSecretCredential, DefaultAzureCredential } from "@azure/identity";
import type { ApplicationConfig } from "./config/config.js";

const MICROSOFT_HOSTS: readonly string[] = [
  ...Object.values<string>(AzureAuthorityHosts),
  ...Object.values(EntraAuthorityHosts),
];

/** The credentials of the environment: this server's secret, a managed identity, a developer's sign-in. */
export function createCredential(authorityHost: string): DefaultAzureCredential {
  return new DefaultAzureCredential(authority(authorityHost));
}

/** This server's own secret, and nothing else that may be around. */
export function createApplicationCredential(application: ApplicationConfig): ClientSecretCredential {
  const { tenantId, clientId, clientSecret, authorityHost } = application;
  return new ClientSecretCredential(tenantId, clientId, clientSecret, authority(authorityHost));
}

/** Instance discovery asks login.microsoftonline.com about the host, and knows none but Microsoft's own. */
function authority(authorityHost: string) {
  return { authorityHost, disableInstanceDiscovery: !MICROSOFT_HOSTS.includes(authorityHost) };
}
