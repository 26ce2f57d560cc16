import { AcsAuthError } from "@acs-auth/core";
import type { Container, ContainerDefinition } from "@azure/cosmos";
import type { Connection } from "./connect.js";
import { logger } from "./logger.js";
import type { CosmosIdentityStoreCommonOptions } from "./options.js";
import { withRetries } from "./retry.js";
import { toReadError } from "./store-error.js";

/** The path that containers are partitioned by: the item's id. */
export const PARTITION_KEY_PATH = "/id";

/** How long it is taken for granted that the container is still there. */
const CONFIRMED_FOR_IN_MS = 30_000;

/** Makes sure that the container is what the store's promises rest on. Calls share one check; a failure is not kept. */
export class ContainerCheck {
  readonly #container: Container;
  readonly #maxAttempts: number;
  readonly #options: CosmosIdentityStoreCommonOptions;
  #passedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;

  constructor({ container, maxAttempts }: Connection, options: CosmosIdentityStoreCommonOptions) {
    this.#container = container;
    this.#maxAttempts = maxAttempts;
    this.#options = options;
  }

  /**
   * Before the first operation.
   *
   * @throws AcsAuthError `store_denied` for an unfit container, and for what {@link toReadError} says.
   */
  async pass(): Promise<void> {
    if (this.#passedAt === Number.NEGATIVE_INFINITY) await this.#check();
  }

  /**
   * After an item was not found: Cosmos DB tells a missing container from a missing item by the sub-status 1003, but
   * nothing documents that every gateway sends it.
   */
  async confirm(): Promise<void> {
    if (performance.now() - this.#passedAt > CONFIRMED_FOR_IN_MS) await this.#check();
  }

  #check(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    this.#checkDefinition(await this.#ask(() => this.#container.read()));
    if (this.#passedAt === Number.NEGATIVE_INFINITY) {
      const account = await this.#ask(() => this.#container.database.client.getDatabaseAccount());
      if (account?.enableMultipleWritableLocations) this.#meetMultipleWriteRegions();
    }
    this.#passedAt = performance.now();
  }

  async #ask<T>(request: () => Promise<{ readonly resource?: T | undefined }>): Promise<T | undefined> {
    try {
      return (await withRetries(request, this.#maxAttempts)).resource;
    } catch (error) {
      throw toReadError(error);
    }
  }

  #checkDefinition(definition: ContainerDefinition | undefined): void {
    const paths = definition?.partitionKey?.paths ?? [];
    if (paths.length !== 1 || paths[0] !== PARTITION_KEY_PATH) {
      throw new AcsAuthError("store_denied", `The container's partition key must be ${PARTITION_KEY_PATH}.`, {
        reason: "wrong_partition_key",
      });
    }
    if (this.#options.ttlInSeconds !== undefined && !definition?.defaultTtl) {
      throw new AcsAuthError("store_denied", "ttlInSeconds needs a container with its time to live switched on.", {
        reason: "ttl_not_enabled",
      });
    }
  }

  /** Inserts in two regions can both succeed; the loser's identity is then named by nothing. */
  #meetMultipleWriteRegions(): void {
    const consequence = "concurrent first calls of a user in two regions can both create an identity, and one is lost";
    if (this.#options.multipleWriteRegions === "warn") {
      logger.warning(`The Azure Cosmos DB account has several write regions: ${consequence}.`);
      return;
    }
    throw new AcsAuthError(
      "store_denied",
      `The Azure Cosmos DB account has several write regions, where ${consequence}.`,
      { reason: "multiple_write_regions" },
    );
  }
}
