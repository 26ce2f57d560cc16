import type { TokenCredential } from "@azure/core-auth";
import { type Container, CosmosClient, type CosmosClientOptions } from "@azure/cosmos";
import { type CosmosEndpointOptions, type CosmosIdentityStoreOptions, checkWholeNumber } from "./options.js";
import { sendOnce, withoutCode } from "./send-once.js";

const DEFAULT_REQUEST_TIMEOUT_IN_MS = 5_000;
const MAX_REQUEST_TIMEOUT_IN_MS = 60_000;

/** How often a request of our own client is sent at most. A given client repeats requests by its own policy. */
const OWN_ATTEMPTS = 3;

/** A container, and how often its requests are sent by this store. */
export interface Connection {
  readonly container: Container;
  readonly maxAttempts: number;
}

/** @throws TypeError for a missing or impossible option; the message names it and holds no value. */
export function connect(options: CosmosIdentityStoreOptions): Connection {
  if ("container" in options) return { container: options.container, maxAttempts: 1 };
  const databaseName = checkName(options.databaseName, "databaseName");
  const containerName = checkName(options.containerName, "containerName");
  const client = "client" in options ? options.client : new CosmosClient(clientOptions(options));
  const container = client.database(databaseName).container(containerName);
  return { container, maxAttempts: "client" in options ? 1 : OWN_ATTEMPTS };
}

/**
 * The client sends each request once, to the account's own address, which leads to the write region, also after a
 * failover: reads then see what was just written, and the number of attempts is known.
 */
function clientOptions(options: CosmosEndpointOptions): CosmosClientOptions {
  const { endpoint, requestTimeoutInMs = DEFAULT_REQUEST_TIMEOUT_IN_MS } = options;
  if (!URL.canParse(endpoint)) throw new TypeError("endpoint must be the URL of an Azure Cosmos DB account.");
  return {
    endpoint,
    ...credentials(options),
    httpClient: sendOnce(),
    connectionPolicy: {
      requestTimeout: checkWholeNumber(requestTimeoutInMs, "requestTimeoutInMs", MAX_REQUEST_TIMEOUT_IN_MS),
      retryOptions: { maxRetryAttemptCount: 0 },
      enableEndpointDiscovery: false,
      useMultipleWriteLocations: false,
    },
  };
}

function credentials({ credential, key }: CosmosEndpointOptions): Pick<CosmosClientOptions, "aadCredentials" | "key"> {
  if ((credential === undefined) === (key === undefined)) {
    throw new TypeError("Exactly one of credential and key is required.");
  }
  if (credential) return { aadCredentials: askOnce(credential) };
  return { key: checkName(key, "key") };
}

/** A credential whose errors, like those of requests, make the SDK repeat nothing. */
function askOnce(credential: TokenCredential): TokenCredential {
  return {
    getToken: (scopes, options) =>
      credential.getToken(scopes, options).catch((error: unknown) => Promise.reject(withoutCode(error))),
  };
}

function checkName(value: unknown, option: string): string {
  if (typeof value !== "string" || value === "") throw new TypeError(`${option} must be a non-empty string.`);
  return value;
}
