import type { MigrationStage } from "@acs-auth/store-migration";
import {
  type CommonEnvironment,
  migrationEnvironment,
  type ServerEnvironment,
  serverEnvironment,
  type Variables,
} from "./environment.js";
import { type IdentityStoreConfig, identityStoreOf, storeProblems } from "./identity-stores.js";
import { ConfigurationError, oneOfTwoProblems, problemsOf } from "./problems.js";

/** How ACS is reached: with a key, or with the credentials of the environment. */
export type Communication = { readonly connectionString: string } | { readonly endpoint: string };

/** How this server acts as its application: with a secret, or as a managed identity that the application trusts. */
export type Proof = { readonly clientSecret: string } | { readonly managedIdentityClientId: string };

/** This server's application in Entra ID. */
export interface ApplicationConfig {
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: Proof;
  readonly authorityHost: string;
  readonly logLevel: CommonEnvironment["AZURE_LOG_LEVEL"];
}

/** What the server runs with. */
export interface Config extends ApplicationConfig {
  /** The application that Teams users' tokens are issued to. */
  readonly teamsClientId: string;
  readonly communication: Communication;
  /** The ACS resource that identities have to be of; without it the service learns it. */
  readonly resourceId: string | undefined;
  readonly identityStore: IdentityStoreConfig;
  /** While mappings are moved to `identityStore`: from where, and how far that has come. */
  readonly migration: { readonly previous: IdentityStoreConfig; readonly stage: MigrationStage } | undefined;
  readonly corsOrigins: readonly string[];
  /** How many requests a user may send to this server in a minute. */
  readonly rateLimitPerMinute: number | undefined;
  /** Where the identities are written down that were left behind at ACS. */
  readonly orphansFile: string | undefined;
  readonly host: string | undefined;
  readonly port: number;
}

/** What mappings are moved with. */
export interface MigrationConfig extends ApplicationConfig {
  readonly source: IdentityStoreConfig;
  readonly target: IdentityStoreConfig;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables; an empty variable counts as absent.
 *
 * @throws ConfigurationError with everything that is wrong at once.
 */
export function readConfig(environment: Environment): Config {
  const given = withoutEmpty(environment);
  const { data, error } = serverEnvironment.safeParse(given);
  const problems = [
    ...problemsOf(error),
    ...proofProblems(given),
    ...oneOfTwoProblems(given, ["COMMUNICATION_SERVICES_CONNECTION_STRING", "COMMUNICATION_SERVICES_ENDPOINT"]),
    ...storeProblems(given),
    ...stageProblems(given),
  ];
  const communication = data && communicationOf(data);
  const identityStore = data && identityStoreOf(data, data.IDENTITY_STORE);
  const proof = data && proofOf(data);
  if (!communication || !identityStore || !proof || problems.length > 0) throw new ConfigurationError(problems);
  return {
    ...applicationOf(data, proof),
    teamsClientId: data.TEAMS_CLIENT_ID ?? data.AZURE_CLIENT_ID,
    communication,
    resourceId: data.COMMUNICATION_SERVICES_RESOURCE_ID,
    identityStore,
    migration: migrationOf(data),
    corsOrigins: data.CORS_ORIGINS,
    rateLimitPerMinute: data.RATE_LIMIT_PER_MINUTE,
    orphansFile: data.ORPHANS_FILE,
    host: data.HOST,
    port: data.PORT,
  };
}

/**
 * Reads, from the server's variables, from where to where its mappings are moved.
 *
 * @throws ConfigurationError with everything that is wrong at once.
 */
export function readMigrationConfig(environment: Environment): MigrationConfig {
  const given = withoutEmpty(environment);
  const { data, error } = migrationEnvironment.safeParse(given);
  const isMissing = given["PREVIOUS_IDENTITY_STORE"] === undefined;
  const problems = [
    ...problemsOf(error),
    ...proofProblems(given),
    ...(isMissing ? ["PREVIOUS_IDENTITY_STORE is missing"] : []),
    ...storeProblems(given),
  ];
  const source = data?.PREVIOUS_IDENTITY_STORE && identityStoreOf(data, data.PREVIOUS_IDENTITY_STORE);
  const target = data && identityStoreOf(data, data.IDENTITY_STORE);
  const proof = data && proofOf(data);
  if (!source || !target || !proof || problems.length > 0) throw new ConfigurationError(problems);
  return { ...applicationOf(data, proof), source, target };
}

function withoutEmpty(environment: Environment): Variables {
  const isGiven = (entry: [string, string | undefined]): entry is [string, string] => Boolean(entry[1]);
  return Object.fromEntries(Object.entries(environment).filter(isGiven));
}

function proofProblems(given: Variables): string[] {
  return oneOfTwoProblems(given, ["AZURE_CLIENT_SECRET", "MANAGED_IDENTITY_CLIENT_ID"]);
}

function stageProblems({ PREVIOUS_IDENTITY_STORE, MIGRATION_STAGE }: Variables): string[] {
  if ((PREVIOUS_IDENTITY_STORE === undefined) === (MIGRATION_STAGE === undefined)) return [];
  return MIGRATION_STAGE === undefined
    ? ["MIGRATION_STAGE is missing: PREVIOUS_IDENTITY_STORE needs it"]
    : ["PREVIOUS_IDENTITY_STORE is missing: MIGRATION_STAGE needs it"];
}

function applicationOf(values: CommonEnvironment, proof: Proof): ApplicationConfig {
  return {
    tenantId: values.AZURE_TENANT_ID,
    clientId: values.AZURE_CLIENT_ID,
    proof,
    authorityHost: values.AZURE_AUTHORITY_HOST,
    logLevel: values.AZURE_LOG_LEVEL,
  };
}

function proofOf(values: CommonEnvironment): Proof | undefined {
  const { AZURE_CLIENT_SECRET: clientSecret, MANAGED_IDENTITY_CLIENT_ID: managedIdentityClientId } = values;
  if (clientSecret !== undefined) return { clientSecret };
  return managedIdentityClientId === undefined ? undefined : { managedIdentityClientId };
}

function migrationOf(values: ServerEnvironment): Config["migration"] {
  const { PREVIOUS_IDENTITY_STORE: kind, MIGRATION_STAGE: stage } = values;
  const previous = kind && identityStoreOf(values, kind);
  return previous && stage && { previous, stage };
}

function communicationOf(values: ServerEnvironment): Communication | undefined {
  const { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString, COMMUNICATION_SERVICES_ENDPOINT: endpoint } =
    values;
  if (connectionString !== undefined) return { connectionString };
  return endpoint === undefined ? undefined : { endpoint };
}
