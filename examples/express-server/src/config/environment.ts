import { parseMappingKeys } from "@acs-auth/store-graph";
import type { MigrationStage } from "@acs-auth/store-migration";
import { z } from "zod";
import {
  communicationConnectionString,
  corsOrigins,
  guid,
  httpsEndpoint,
  httpsOrigin,
  oneOf,
  port,
  readBy,
  tableConnectionString,
  tableName,
  text,
  wholeNumber,
  writableFile,
} from "./formats.js";

/** Every identity store this server can be started with. */
export const IDENTITY_STORES = ["graph", "cosmos", "table", "memory"] as const;

/** Those that have something to move from. */
const PREVIOUS_IDENTITY_STORES = ["graph", "cosmos", "table"] as const;

const MIGRATION_STAGES = [
  "attach",
  "dual-write",
  "read-through",
  "detach",
] as const satisfies readonly MigrationStage[];

const LOG_LEVELS = ["verbose", "info", "warning", "error"] as const;

/** What the server and the migration of its mappings both read. */
const common = {
  AZURE_TENANT_ID: guid,
  AZURE_CLIENT_ID: guid,
  AZURE_CLIENT_SECRET: text.optional(),
  MANAGED_IDENTITY_CLIENT_ID: guid.optional(),
  AZURE_AUTHORITY_HOST: httpsOrigin.default("https://login.microsoftonline.com"),
  AZURE_LOG_LEVEL: oneOf(LOG_LEVELS).default("warning"),
  IDENTITY_STORE: oneOf(IDENTITY_STORES).default("graph"),
  PREVIOUS_IDENTITY_STORE: oneOf(PREVIOUS_IDENTITY_STORES).optional(),
  MAPPING_KEYS: readBy(parseMappingKeys).optional(),
  GRAPH_EXTENSION_NAME: text.optional(),
  GRAPH_ENDPOINT: httpsOrigin.optional(),
  COSMOS_ENDPOINT: httpsOrigin.optional(),
  COSMOS_KEY: text.optional(),
  COSMOS_DATABASE: text.default("acs-auth"),
  COSMOS_CONTAINER: text.default("identities"),
  TABLE_ENDPOINT: httpsEndpoint.optional(),
  TABLE_CONNECTION_STRING: tableConnectionString.optional(),
  TABLE_NAME: tableName.default("acsidentities"),
};

export const migrationEnvironment = z.object(common);

export const serverEnvironment = z.object({
  ...common,
  MIGRATION_STAGE: oneOf(MIGRATION_STAGES).optional(),
  COMMUNICATION_SERVICES_CONNECTION_STRING: communicationConnectionString.optional(),
  COMMUNICATION_SERVICES_ENDPOINT: httpsOrigin.optional(),
  COMMUNICATION_SERVICES_RESOURCE_ID: guid.optional(),
  TEAMS_CLIENT_ID: guid.optional(),
  CORS_ORIGINS: corsOrigins.default([]),
  RATE_LIMIT_PER_MINUTE: wholeNumber.optional(),
  ORPHANS_FILE: writableFile.optional(),
  HOST: text.optional(),
  PORT: port.default(5000),
});

export type CommonEnvironment = z.output<typeof migrationEnvironment>;
export type ServerEnvironment = z.output<typeof serverEnvironment>;

/** Variables as they were given, without the empty ones. */
export type Variables = Readonly<Record<string, string>>;
