import { DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import { startGateway } from "../gateway.js";
import { type Backend, REQUEST_TIMEOUT_IN_MS } from "./backend.js";
import { networkOf } from "./network.js";
import { createStore, type StorePlace } from "./store-place.js";

export async function startCosmosBackend(): Promise<Backend> {
  const server = await startCosmosServer();
  return {
    name: "cosmos",
    async openSpace() {
      const gateway = await startGateway(server.port);
      const container = await server.createContainer();
      const placeAt = (port: number): StorePlace => {
        const names = { databaseName: DATABASE, containerName: container.id };
        return { kind: "cosmos", endpoint: `http://127.0.0.1:${port}`, ...names, key: KEY };
      };
      return {
        place: placeAt(gateway.port),
        newStore: () => createStore(placeAt(gateway.port), REQUEST_TIMEOUT_IN_MS),
        truth: createStore(placeAt(server.port)),
        network: networkOf(gateway),
        async clear() {
          const { resources } = await container.items.readAll<{ id: string }>().fetchAll();
          for (const { id } of resources) await container.item(id, id).delete();
        },
        close: () => gateway.close(),
      };
    },
    close: () => server.close(),
  };
}
