import {
  AcsAuthService,
  createIdentityClient,
  EntraAuthorityHosts,
  EntraTokenVerifier,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import { type AcsAuthHandler, type AcsAuthHandlerOptions, createAcsAuthHandler } from "@acs-auth/http";
import { GraphIdentityStore, onBehalfOf } from "@acs-auth/store-graph";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { AzureAuthorityHosts, DefaultAzureCredential } from "@azure/identity";
import type { Config } from "./config.js";

const TOKEN_SCOPES = ["chat", "voip"] as const;
const TOKEN_EXPIRES_IN_MINUTES = 1440;

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
    store: createStore(config),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost }),
  });
  return createAcsAuthHandler({
    service,
    verifier: new EntraTokenVerifier({ clientId, tenantId, authorityHost, requiredScopes: ["access_as_user"] }),
    authorizationUri: `${authorityHost}/${tenantId}/oauth2/v2.0/authorize`,
    createOnToken: true,
    tokenScopes: TOKEN_SCOPES,
    tokenExpiresInMinutes: TOKEN_EXPIRES_IN_MINUTES,
    onResponse,
    ...(corsOrigins.length > 0 ? { cors: { origins: corsOrigins } } : {}),
  });
}

function createStore({ identityStore, tenantId, clientId, clientSecret, authorityHost }: Config): IdentityStore {
  if (identityStore.kind === "memory") return new MemoryIdentityStore();
  const { mappingKeys, extensionName, endpoint } = identityStore;
  return new GraphIdentityStore({
    access: onBehalfOf({ tenantId, clientId, clientSecret, authorityHost }),
    mappingKeys,
    cloud: authorityHost === EntraAuthorityHosts.usGovernment ? "usGovernment" : "global",
    ...(extensionName ? { extensionName } : {}),
    ...(endpoint ? { graphEndpoint: endpoint } : {}),
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
