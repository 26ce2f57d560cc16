import { EntraAuthorityHosts } from "@acs-auth/core";
import type { OnBehalfOfCredentials } from "@acs-auth/store-graph";
import {
  AzureAuthorityHosts,
  ClientAssertionCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
} from "@azure/identity";
import type { ApplicationConfig, Proof } from "./config/config.js";

/** What Entra ID exchanges a managed identity's token for, so that it stands in for a client secret. */
const EXCHANGE_SCOPE = "api://AzureADTokenExchange/.default";

const MICROSOFT_HOSTS: readonly string[] = [
  ...Object.values<string>(AzureAuthorityHosts),
  ...Object.values(EntraAuthorityHosts),
];

/** The managed identity that is configured, else the credentials of the environment: this server's secret, a developer's sign-in. */
export function createCredential({ proof, authorityHost }: Pick<ApplicationConfig, "proof" | "authorityHost">) {
  if ("clientSecret" in proof) return new DefaultAzureCredential(authority(authorityHost));
  return new ManagedIdentityCredential({ clientId: proof.managedIdentityClientId });
}

/** This server's own application, and nothing else that may be around. */
export function createApplicationCredential({ tenantId, clientId, proof, authorityHost }: ApplicationConfig) {
  const credentials = credentialsOf(proof);
  if ("clientSecret" in credentials) {
    return new ClientSecretCredential(tenantId, clientId, credentials.clientSecret, authority(authorityHost));
  }
  return new ClientAssertionCredential(tenantId, clientId, credentials.getAssertion, authority(authorityHost));
}

export function credentialsOf(proof: Proof): Exclude<OnBehalfOfCredentials, { certificatePath: string }> {
  if ("clientSecret" in proof) return proof;
  const identity = new ManagedIdentityCredential({ clientId: proof.managedIdentityClientId });
  return { getAssertion: async () => (await identity.getToken(EXCHANGE_SCOPE)).token };
}

/** Instance discovery asks login.microsoftonline.com about the host, and knows none but Microsoft's own. */
function authority(authorityHost: string) {
  return { authorityHost, disableInstanceDiscovery: !MICROSOFT_HOSTS.includes(authorityHost) };
}
