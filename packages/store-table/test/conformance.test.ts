import { type IdentityStoreHarness, startFaultProxy, testIdentityStore } from "@acs-auth/store-testkit";
import { useBundle } from "test-support";
import { ACCOUNT, type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, describe, it } from "vitest";
import { TableIdentityStore, type TableIdentityStoreOptions } from "../src/index.js";
import { findMapping, newClient, newTableName } from "./support/tables.js";

const forkedStore = useBundle(new URL("./support/forked-store.ts", import.meta.url));
let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.close());

function harness(
  name: string,
  newOptions: (endpoint: string, tableName: string) => TableIdentityStoreOptions,
): IdentityStoreHarness {
  return {
    name,
    capabilities: { insert: "shared", conditionalRemove: true, list: true },
    async setup() {
      const tableName = newTableName();
      const table = newClient(azurite.endpoint, tableName);
      await table.createTable();
      const network = await startFaultProxy({ target: { port: azurite.port } });
      const endpoint = `http://${network.host}:${network.port}/${ACCOUNT.name}`;
      return {
        createStore: () => new TableIdentityStore(newOptions(endpoint, tableName)),
        probe: (user) => findMapping(table, user),
        network,
        fork: { module: forkedStore, argument: { endpoint, tableName } },
        async teardown() {
          await network.close();
          await table.deleteTable();
        },
      };
    },
  };
}

testIdentityStore(
  { describe, it },
  harness("TableIdentityStore with a connection string", (endpoint, tableName) => ({
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT.name};AccountKey=${ACCOUNT.key};TableEndpoint=${endpoint};`,
    tableName,
    clientOptions: { allowInsecureConnection: true },
  })),
);

testIdentityStore(
  { describe, it },
  harness("TableIdentityStore with an existing client", (endpoint, tableName) => ({
    client: newClient(endpoint, tableName),
  })),
);
