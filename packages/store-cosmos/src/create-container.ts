import type { ContainerRequest } from "@azure/cosmos";
import type { Connection } from "./connect.js";
import { PARTITION_KEY_PATH } from "./container-check.js";
import { CosmosFailure } from "./cosmos-failure.js";
import { withRetries } from "./retry.js";
import { toWriteError } from "./store-error.js";

/** Creates the database and container unless they exist. */
export async function createContainerIfMissing(
  { container, maxAttempts }: Connection,
  enableTtl: boolean,
  abortSignal: AbortSignal,
): Promise<void> {
  const { database } = container;
  const { client } = database;
  const options = { abortSignal };
  const definition = { id: container.id, ...CONTAINER, ...(enableTtl && { defaultTtl: -1 }) };
  try {
    await withRetries(
      () => unlessExisting(() => client.databases.createIfNotExists({ id: database.id }, options)),
      maxAttempts,
      abortSignal,
    );
    await withRetries(
      () => unlessExisting(() => database.containers.createIfNotExists(definition, options)),
      maxAttempts,
      abortSignal,
    );
  } catch (error) {
    throw toWriteError(error);
  }
}

/** Point operations need no index besides that of the id, and writes are cheaper without. */
const CONTAINER: Omit<ContainerRequest, "id"> = {
  partitionKey: { paths: [PARTITION_KEY_PATH] },
  indexingPolicy: { indexingMode: "consistent", automatic: true, includedPaths: [], excludedPaths: [{ path: "/*" }] },
};

/** Somebody else may create the same at the same time. */
async function unlessExisting(create: () => Promise<unknown>): Promise<void> {
  await create().catch((error: unknown) => {
    if (CosmosFailure.of(error).status !== 409) throw error;
  });
}
