import type { IdentityStore } from "@acs-auth/core";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { TableIdentityStore } from "@acs-auth/store-table";
import { AzureNamedKeyCredential } from "@azure/data-tables";

/** Where mappings are, in words that another process understands; the keys are those of emulators. */
export type StorePlace =
  | { readonly kind: "table"; readonly endpoint: string; readonly tableName: string; readonly account: Account }
  | {
      readonly kind: "cosmos";
      readonly endpoint: string;
      readonly databaseName: string;
      readonly containerName: string;
      readonly key: string;
    };

interface Account {
  readonly name: string;
  readonly key: string;
}

export function createStore(place: StorePlace, requestTimeoutInMs = 5_000): IdentityStore {
  if (place.kind === "cosmos") {
    const { endpoint, databaseName, containerName, key } = place;
    return new CosmosIdentityStore({ endpoint, databaseName, containerName, key, requestTimeoutInMs });
  }
  const { endpoint, tableName, account } = place;
  return new TableIdentityStore({
    endpoint,
    tableName,
    credential: new AzureNamedKeyCredential(account.name, account.key),
    clientOptions: { allowInsecureConnection: true },
    requestTimeoutInMs,
  });
}
