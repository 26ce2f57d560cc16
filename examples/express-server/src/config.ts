import { createIdentityClient } from "@acs-auth/core";
import { type MappingKey, parseMappingKeys } from "@acs-auth/store-graph";
import { z } from "zod";

/** Every identity store this server can be started with. */
const IDENTITY_STORES = ["graph", "memory"] as const;

const LOG_LEVELS = ["verbose", "info", "warning", "error"] as const;

const text = z.string("is missing");

const guid = text
  .pipe(z.guid("must be a GUID, as the Azure portal shows it"))
  .transform((value) => value.toLowerCase());

const httpsOrigin = text
  .refine((value) => originOf(value)?.startsWith("https:"), "must be an https URL without a path")
  .transform((value) => new URL(value).origin);

/** A text that a library reads; its `TypeError` says what is wrong without repeating the text. */
const readBy = <T>(read: (value: string) => T) =>
  text.transform((value, context) => {
    try {
      return read(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof TypeError ? error.message : "is malformed" });
      return z.NEVER;
    }
  });

const connectionString = readBy((value) => {
  createIdentityClient(value);
  return value;
});

const port = text
  .regex(/^\d{1,5}$/, "must be a port number from 0 to 65535")
  .transform(Number)
  .refine((value) => value <= 65_535, "must be a port number from 0 to 65535");

const corsOrigins = text
  .transform((value) => value.split(",").map((origin) => origin.trim()))
  .refine(
    (origins) => origins.every((origin) => originOf(origin) === origin),
    "must be origins such as https://app.contoso.com, separated by commas",
  );

const environment = z.object({
  AZURE_TENANT_ID: guid,
  AZURE_CLIENT_ID: guid,
  AZURE_CLIENT_SECRET: text,
  COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString.optional(),
  COMMUNICATION_SERVICES_ENDPOINT: httpsOrigin.optional(),
  TEAMS_CLIENT_ID: guid.optional(),
  IDENTITY_STORE: z.enum(IDENTITY_STORES, `must be one of: ${IDENTITY_STORES.join(", ")}`).default("graph"),
  MAPPING_KEYS: readBy(parseMappingKeys).optional(),
  GRAPH_EXTENSION_NAME: text.optional(),
  GRAPH_ENDPOINT: httpsOrigin.optional(),
  AZURE_AUTHORITY_HOST: httpsOrigin.default("https://login.microsoftonline.com"),
  AZURE_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of: ${LOG_LEVELS.join(", ")}`).default("warning"),
  CORS_ORIGINS: corsOrigins.default([]),
  HOST: text.optional(),
  PORT: port.default(5000),
});

/** How ACS is reached: with a key, or with the credentials of the environment. */
export type Communication = { readonly connectionString: string } | { readonly endpoint: string };

/** Where mappings are kept. */
export type IdentityStoreConfig =
  | { readonly kind: "memory" }
  | {
      readonly kind: "graph";
      readonly mappingKeys: readonly MappingKey[];
      readonly extensionName: string | undefined;
      readonly endpoint: string | undefined;
    };

/** What the server runs with. */
export interface Config {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The application that Teams users' tokens are issued to. */
  readonly teamsClientId: string;
  readonly communication: Communication;
  readonly identityStore: IdentityStoreConfig;
  readonly authorityHost: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly corsOrigins: readonly string[];
  readonly host: string | undefined;
  readonly port: number;
}

/** The environment is not fit to start with. Repeats no value. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration from environment variables; an empty variable counts as absent.
 *
 * @throws ConfigurationError with everything that is wrong at once.
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const { data, error } = environment.safeParse(given);
  const problems = [
    ...(error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`),
    ...communicationProblems(given),
    ...mappingKeyProblems(given),
  ];
  const communication = data && communicationOf(data);
  const identityStore = data && identityStoreOf(data);
  if (!communication || !identityStore || problems.length > 0) throw new ConfigurationError(problems);
  return {
    tenantId: data.AZURE_TENANT_ID,
    clientId: data.AZURE_CLIENT_ID,
    clientSecret: data.AZURE_CLIENT_SECRET,
    teamsClientId: data.TEAMS_CLIENT_ID ?? data.AZURE_CLIENT_ID,
    communication,
    identityStore,
    authorityHost: data.AZURE_AUTHORITY_HOST,
    logLevel: data.AZURE_LOG_LEVEL,
    corsOrigins: data.CORS_ORIGINS,
    host: data.HOST,
    port: data.PORT,
  };
}

function communicationProblems(given: Readonly<Record<string, unknown>>): string[] {
  const names = ["COMMUNICATION_SERVICES_CONNECTION_STRING", "COMMUNICATION_SERVICES_ENDPOINT"];
  const set = names.filter((name) => given[name] !== undefined);
  if (set.length === 1) return [];
  return [set.length === 0 ? `${names.join(" or ")} is missing` : `${names.join(" and ")} are both set: keep one`];
}

function mappingKeyProblems({ IDENTITY_STORE = "graph", MAPPING_KEYS }: Readonly<Record<string, unknown>>): string[] {
  const needed = IDENTITY_STORE === "graph" && MAPPING_KEYS === undefined;
  return needed ? ["MAPPING_KEYS is missing: IDENTITY_STORE=graph signs its mappings (id:base64 of 32 bytes)"] : [];
}

function identityStoreOf(values: z.output<typeof environment>): IdentityStoreConfig | undefined {
  if (values.IDENTITY_STORE === "memory") return { kind: "memory" };
  const { MAPPING_KEYS: mappingKeys, GRAPH_EXTENSION_NAME: extensionName, GRAPH_ENDPOINT: endpoint } = values;
  return mappingKeys && { kind: "graph", mappingKeys, extensionName, endpoint };
}

function communicationOf(values: z.output<typeof environment>): Communication | undefined {
  const { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString, COMMUNICATION_SERVICES_ENDPOINT: endpoint } =
    values;
  if (connectionString !== undefined) return { connectionString };
  return endpoint === undefined ? undefined : { endpoint };
}

/** The origin of a URL that is nothing but an origin. */
function originOf(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && url.href === `${url.origin}/` ? url.origin : undefined;
}
