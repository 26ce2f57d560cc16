import type { TokenCredential } from "@azure/core-auth";
import type { Container, CosmosClient } from "@azure/cosmos";

/** Options of {@link CosmosIdentityStore}, however it gets at its container. */
export interface CosmosIdentityStoreCommonOptions {
  /**
   * What to do if the account has several write regions, where two inserts for one user can both succeed and the later
   * one wins. `refuse`: every call rejects with `store_denied` and the reason `multiple_write_regions`. `warn`: log a
   * warning and go on, with the capabilities `best-effort` and no conditional remove. Default: `refuse`.
   *
   * @see https://learn.microsoft.com/azure/cosmos-db/conflict-resolution-policies
   */
  readonly multipleWriteRegions?: "refuse" | "warn";
  /**
   * Seconds after which Cosmos DB forgets a mapping, from 1 to 2,147,483,647. The identity at ACS stays, with nothing
   * naming it: only for identities that something else deletes. The container must have its time to live switched on.
   * Default: never, also in a container whose items expire by default.
   *
   * @see https://learn.microsoft.com/azure/cosmos-db/time-to-live
   */
  readonly ttlInSeconds?: number;
}

/** A container of a client that you made, with your connection policy. */
export interface CosmosContainerOptions {
  /** Partitioned by `/id`. Its requests are repeated by that policy alone. */
  readonly container: Container;
}

/** A client that you made, with your connection policy. */
export interface CosmosClientAccessOptions {
  /** Its requests are repeated by that policy alone. */
  readonly client: CosmosClient;
  /** The id of the database. */
  readonly databaseName: string;
  /** The id of the container, which must be partitioned by `/id`. */
  readonly containerName: string;
}

/** What the store makes its own client from. */
export interface CosmosEndpointOptions {
  /** Such as `https://my-account.documents.azure.com`. */
  readonly endpoint: string;
  /** The id of the database. */
  readonly databaseName: string;
  /** The id of the container, which must be partitioned by `/id`. */
  readonly containerName: string;
  /** An identity with a data-plane role on the container. Exactly one of `credential` and `key`. */
  readonly credential?: TokenCredential;
  /** A key of the account. */
  readonly key?: string;
  /** How long one request may take, in milliseconds. Default: 5,000. */
  readonly requestTimeoutInMs?: number;
}

/** Options of {@link CosmosIdentityStore}: a container, a client and names, or an endpoint and names. */
export type CosmosIdentityStoreOptions = CosmosIdentityStoreCommonOptions &
  (CosmosContainerOptions | CosmosClientAccessOptions | CosmosEndpointOptions);

const MAX_TTL_IN_SECONDS = 2_147_483_647;

/** @throws TypeError for an impossible option; the message names it. */
export function checkCommonOptions(options: CosmosIdentityStoreCommonOptions): void {
  const { multipleWriteRegions = "refuse", ttlInSeconds } = options;
  if (multipleWriteRegions !== "refuse" && multipleWriteRegions !== "warn") {
    throw new TypeError('multipleWriteRegions must be "refuse" or "warn".');
  }
  if (ttlInSeconds !== undefined) checkWholeNumber(ttlInSeconds, "ttlInSeconds", MAX_TTL_IN_SECONDS);
}

export function checkWholeNumber(value: number, option: string, max: number): number {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new TypeError(`${option} must be a whole number from 1 to ${max}.`);
  }
  return value;
}
