import { startFaultProxy, testIdentityStore } from "@acs-auth/store-testkit";
import { useBundle } from "test-support";
import { type CosmosServer, DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import { afterAll, beforeAll, describe, it } from "vitest";
import { CosmosIdentityStore } from "../src/index.js";
import { findMapping } from "./support/find-mapping.js";

const forkedStore = useBundle(new URL("./support/forked-store.ts", import.meta.url));
let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmosServer();
});
afterAll(() => server.close());

testIdentityStore(
  { describe, it },
  {
    name: "CosmosIdentityStore",
    capabilities: { insert: "shared", conditionalRemove: true, list: true },
    async setup() {
      const container = await server.createContainer();
      const network = await startFaultProxy({ target: { port: server.port } });
      const options = {
        endpoint: `http://${network.host}:${network.port}`,
        key: KEY,
        databaseName: DATABASE,
        containerName: container.id,
      };
      return {
        createStore: () => new CosmosIdentityStore(options),
        probe: (user) => findMapping(container, user),
        network,
        fork: { module: forkedStore, argument: options },
        teardown: () => network.close(),
      };
    },
  },
);
