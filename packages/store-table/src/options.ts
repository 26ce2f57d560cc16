import {
  isNamedKeyCredential,
  isSASCredential,
  isTokenCredential,
  type NamedKeyCredential,
  type SASCredential,
  type TokenCredential,
} from "@azure/core-auth";
import { TableClient, type TableServiceClientOptions } from "@azure/data-tables";

interface CommonOptions {
  /**
   * Whether to create the table, if it is missing, before its first use. Default: false, so that a table that was deleted
   * by mistake is an error (`store_denied`, reason `table_not_found`) and not a new start without any mapping.
   */
  readonly createTable?: boolean;
  /** How long one attempt may take, in milliseconds. Default: 5,000. */
  readonly requestTimeoutInMs?: number;
}

interface TableOptions extends CommonOptions {
  /** 3 to 63 letters and digits, a letter first. Default: `acsIdentities`. */
  readonly tableName?: string;
  /** Further settings of the SDK's client. `retryOptions` have no effect: the store does the retrying. */
  readonly clientOptions?: TableServiceClientOptions;
}

/** Options of `TableIdentityStore` for a `TableClient` that exists already. */
export interface TableIdentityStoreClientOptions extends CommonOptions {
  /**
   * The client of the table. Make it with `retryOptions: { maxRetries: 0 }`: the store does the retrying. A client that
   * repeats a removal whose reply was lost makes it look as if another call had been faster, and one that repeats such
   * an insertion can bring back a mapping that another call has deleted since.
   */
  readonly client: TableClient;
  /** Not besides a client, which has one. */
  readonly endpoint?: never;
  /** Not besides a client, which has an endpoint and a credential. */
  readonly connectionString?: never;
}

/** Options of `TableIdentityStore` for an endpoint and a credential. */
export interface TableIdentityStoreEndpointOptions extends TableOptions {
  /** `https://<account>.table.core.windows.net`, or `https://<account>.table.cosmos.azure.com`. */
  readonly endpoint: string;
  /** Such as `DefaultAzureCredential` of `@azure/identity`, or `AzureNamedKeyCredential` of `@azure/data-tables`. */
  readonly credential: TokenCredential | NamedKeyCredential | SASCredential;
  /** Not besides an endpoint, which the store makes a client for. */
  readonly client?: never;
  /** Not besides an endpoint. */
  readonly connectionString?: never;
}

/** Options of `TableIdentityStore` for a connection string. */
export interface TableIdentityStoreConnectionStringOptions extends TableOptions {
  /** As the Azure portal shows it, with an account key or a shared access signature. Never repeated in an error. */
  readonly connectionString: string;
  /** Not besides a connection string, which the store makes a client from. */
  readonly client?: never;
  /** Not besides a connection string, which names one. */
  readonly endpoint?: never;
}

/** Options of `TableIdentityStore`: exactly one of `client`, `endpoint` and `connectionString`. */
export type TableIdentityStoreOptions =
  | TableIdentityStoreClientOptions
  | TableIdentityStoreEndpointOptions
  | TableIdentityStoreConnectionStringOptions;

/** Options with their defaults, found to be possible. */
export interface CheckedOptions {
  readonly client: TableClient;
  readonly requestTimeoutInMs: number;
  readonly createTable: boolean;
}

const DEFAULT_TABLE_NAME = "acsIdentities";
const DEFAULT_REQUEST_TIMEOUT_IN_MS = 5_000;

/** @throws TypeError that names the option. */
export function checkStoreOptions(options: TableIdentityStoreOptions): CheckedOptions {
  const { client, endpoint, connectionString, createTable = false } = options;
  if ([client, endpoint, connectionString].filter((given) => given !== undefined).length !== 1) {
    throw new TypeError("Give exactly one of client, endpoint and connectionString.");
  }
  const requestTimeoutInMs = checkTimeout(options.requestTimeoutInMs ?? DEFAULT_REQUEST_TIMEOUT_IN_MS);
  return { client: options.client ?? makeClient(options), requestTimeoutInMs, createTable };
}

function makeClient(
  options: TableIdentityStoreEndpointOptions | TableIdentityStoreConnectionStringOptions,
): TableClient {
  const tableName = checkTableName(options.tableName ?? DEFAULT_TABLE_NAME);
  const clientOptions = { ...options.clientOptions, retryOptions: { maxRetries: 0 } };
  return options.endpoint === undefined
    ? fromConnectionString(options.connectionString, tableName, clientOptions)
    : fromEndpoint(options, tableName, clientOptions);
}

function fromEndpoint(
  { endpoint, credential }: TableIdentityStoreEndpointOptions,
  tableName: string,
  clientOptions: TableServiceClientOptions,
): TableClient {
  const url = typeof endpoint === "string" && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!isAllowed(url, clientOptions) || url?.search || url?.hash || url?.username) {
    throw new TypeError("endpoint must be an https URL such as https://<account>.table.core.windows.net.");
  }
  if (isTokenCredential(credential)) return new TableClient(endpoint, tableName, credential, clientOptions);
  if (isNamedKeyCredential(credential)) return new TableClient(endpoint, tableName, credential, clientOptions);
  if (isSASCredential(credential)) return new TableClient(endpoint, tableName, credential, clientOptions);
  throw new TypeError("credential must be a TokenCredential, a NamedKeyCredential or a SASCredential.");
}

/** The SDK allows http for `UseDevelopmentStorage=true` by changing the options it is given. */
function fromConnectionString(
  connectionString: string,
  tableName: string,
  clientOptions: TableServiceClientOptions,
): TableClient {
  const client = parseConnectionString(connectionString, tableName, clientOptions);
  if (!client || !isAllowed(new URL(client.url), clientOptions)) {
    throw new TypeError(
      "connectionString is malformed. Expected an https one with an account key or a shared access signature, such as " +
        "DefaultEndpointsProtocol=https;AccountName=<account>;AccountKey=<key>;EndpointSuffix=core.windows.net.",
    );
  }
  return client;
}

/** Drops the SDK's errors, which may hold parts of the string. */
function parseConnectionString(...args: Parameters<typeof TableClient.fromConnectionString>): TableClient | undefined {
  try {
    return TableClient.fromConnectionString(...args);
  } catch {
    return undefined;
  }
}

function isAllowed(url: URL | undefined, { allowInsecureConnection }: TableServiceClientOptions): boolean {
  return url?.protocol === "https:" || (url?.protocol === "http:" && allowInsecureConnection === true);
}

/** @see https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#table-names */
function checkTableName(tableName: string): string {
  if (/^[A-Za-z][A-Za-z0-9]{2,62}$/.test(tableName)) return tableName;
  throw new TypeError("tableName must be 3 to 63 letters and digits, a letter first.");
}

function checkTimeout(timeoutInMs: number): number {
  if (Number.isSafeInteger(timeoutInMs) && timeoutInMs > 0) return timeoutInMs;
  throw new TypeError("requestTimeoutInMs must be a positive whole number.");
}
