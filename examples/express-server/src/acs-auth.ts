import {
  AcsAuthService,
  createIdentityClient,
  EntraTokenVerifier,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import { type AcsAuthHandler, type AcsAuthHandlerOptions, createAcsAuthHandler } from "@acs-auth/http";
import { onBehalfOf } from "@acs-auth/store-graph";
import { LayeredIdentityStore } from "@acs-auth/store-migration";
import type { Config } from "./config/config.js";
import { createCredential, credentialsOf } from "./credential.js";
import { createIdentityStore } from "./identity-stores.js";
import { orphansIn } from "./orphans.js";

const TOKEN_SCOPES = ["chat", "voip"] as const;
const TOKEN_EXPIRES_IN_MINUTES = 1440;

/** Everything of acs-auth that this server is made of. */
export function createHandler(
  config: Config,
  onResponse: NonNullable<AcsAuthHandlerOptions["onResponse"]>,
): AcsAuthHandler {
  const { tenantId, clientId, authorityHost, corsOrigins, rateLimitPerMinute: points } = config;
  return createAcsAuthHandler({
    service: createService(config),
    verifier: new EntraTokenVerifier({ clientId, tenantId, authorityHost, requiredScopes: ["access_as_user"] }),
    authorizationUri: `${authorityHost}/${tenantId}/oauth2/v2.0/authorize`,
    createOnToken: true,
    tokenScopes: TOKEN_SCOPES,
    tokenExpiresInMinutes: TOKEN_EXPIRES_IN_MINUTES,
    onResponse,
    ...(corsOrigins.length > 0 && { cors: { origins: corsOrigins } }),
    ...(points !== undefined && { rateLimit: { points, durationInSeconds: 60 } }),
  });
}

function createService(config: Config): AcsAuthService {
  const { teamsClientId, authorityHost, resourceId, orphansFile } = config;
  return new AcsAuthService({
    identityClient: createClient(config),
    store: createStore(config),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost }),
    ...(resourceId !== undefined && { resourceId }),
    ...(orphansFile !== undefined && { onOrphanedIdentity: orphansIn(orphansFile) }),
  });
}

function createStore({ identityStore, migration, ...application }: Config): IdentityStore {
  const { tenantId, clientId, proof, authorityHost } = application;
  const graphAccess = onBehalfOf({ tenantId, clientId, authorityHost, ...credentialsOf(proof) });
  const surroundings = { authorityHost, graphAccess, proof };
  const current = createIdentityStore(identityStore, surroundings);
  if (!migration) return current;
  const previous = createIdentityStore(migration.previous, surroundings);
  return new LayeredIdentityStore({ current, previous, stage: migration.stage });
}

function createClient({ communication, ...application }: Config) {
  if ("connectionString" in communication) return createIdentityClient(communication.connectionString);
  return createIdentityClient(communication.endpoint, createCredential(application));
}
