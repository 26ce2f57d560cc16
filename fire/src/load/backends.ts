import { randomBytes } from "node:crypto";
import type { IdentityStore } from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { GraphIdentityStore, onBehalfOf } from "@acs-auth/store-graph";
import { DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import type { RemoteFault } from "../faults.js";
import { startGateway } from "../gateway.js";

/** A store of a server under load, and a hold on the requests that it makes. */
export interface LoadedBackend {
  readonly store: IdentityStore;
  calls(): number;
  strike(fault: RemoteFault): () => void;
  close(): Promise<void>;
}

export async function cosmosBackend(): Promise<LoadedBackend> {
  const server = await startCosmosServer();
  const gateway = await startGateway(server.port);
  const container = await server.createContainer();
  const store = new CosmosIdentityStore({
    endpoint: `http://127.0.0.1:${gateway.port}`,
    key: KEY,
    databaseName: DATABASE,
    containerName: container.id,
  });
  // A fault without an effect counts what passes.
  const meters = [gateway.faults.add({})];
  const replace = (fault: RemoteFault) => {
    gateway.faults.clear();
    meters.push(gateway.faults.add(fault));
  };
  return {
    store,
    calls: () => meters.reduce((sum, { struck }) => sum + struck, 0),
    strike(fault) {
      replace(fault);
      return () => replace({});
    },
    async close() {
      await gateway.close();
      await server.close();
    },
  };
}

export function graphBackend(emulator: Emulator): LoadedBackend {
  const { clientId, clientSecret } = emulator.fixtures.applications.api;
  if (clientSecret === undefined) throw new Error("The fixture API has no secret.");
  const store = new GraphIdentityStore({
    access: onBehalfOf({ clientId, clientSecret, authorityHost: emulator.entra.url }),
    graphEndpoint: emulator.graph.url,
    mappingKeys: [{ id: "fire", key: randomBytes(32) }],
  });
  const notHere = () => {
    throw new Error("This server has no Cosmos DB.");
  };
  return { store, calls: () => 0, strike: notHere, close: async () => {} };
}
