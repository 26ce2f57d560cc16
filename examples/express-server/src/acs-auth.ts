import {
  AcsAuthService,
  createIdentityClient,
  EntraAuthorityHosts,
  EntraTokenVerifier,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import { type AcsAuthHandler, type AcsAuthHandlerOptions, createAcsAuthHandler } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { AzureAuthorityHosts, DefaultAzureCredential } from "@azure/identity";
import type { Config } from "./config.js";

const TOKEN_SCOPES = ["chat", "voip"] as const;
const TOKEN_EXPIRES_IN_MINUTES = 1440;

const stores: Readonly<Record<Config["identityStore"], () => IdentityStore>> = {
  memory: () => new MemoryIdentityStore(),
};

const MICROSOFT_HOSTS: readonly string[] = [
  ...Object.values<string>(AzureAuthorityHosts),
  ...Object.values(EntraAuthorityHosts),
];

/** Everything of acs-auth that this server is made of. */
export function createHandler(
  config: Config,
  onResponse: NonNullable<AcsAuthHandlerOptions["onResponse"]>,
): AcsAuthHandler {
  const { tenantId, clientId, teamsClientId, authorityHost, corsOrigins } = config;
  const service = new AcsAuthService({
    identityClient: createClient(config),
    store: stores[config.identityStore](),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost }),
  });
  return createAcsAuthHandler({
    service,
    verifier: new EntraTokenVerifier({ clientId, tenantId, authorityHost, requiredScopes: ["access_as_user"] }),
    tokenScopes: TOKEN_SCOPES,
    tokenExpiresInMinutes: TOKEN_EXPIRES_IN_MINUTES,
    onResponse,
    ...(corsOrigins.length > 0 ? { cors: { origins: corsOrigins } } : {}),
  });
}

function createClient({ communication, authorityHost }: Config) {
  if ("connectionString" in communication) return createIdentityClient(communication.connectionString);
  const credential = new DefaultAzureCredential({
    authorityHost,
    // Instance discovery asks login.microsoftonline.com about the host, and knows none but Microsoft's own.
    disableInstanceDiscovery: !MICROSOFT_HOSTS.includes(authorityHost),
  });
  return createIdentityClient(communication.endpoint, credential);
}
