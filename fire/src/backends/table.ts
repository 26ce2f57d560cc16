import { randomBytes } from "node:crypto";
import { AzureNamedKeyCredential, TableClient } from "@azure/data-tables";
import { ACCOUNT, startAzurite } from "test-support/azurite";
import { startGateway } from "../gateway.js";
import { type Backend, REQUEST_TIMEOUT_IN_MS } from "./backend.js";
import { networkOf } from "./network.js";
import { createStore, type StorePlace } from "./store-place.js";

const credential = new AzureNamedKeyCredential(ACCOUNT.name, ACCOUNT.key);

export async function startTableBackend(): Promise<Backend> {
  const azurite = await startAzurite();
  return {
    name: "table",
    async openSpace() {
      const gateway = await startGateway(azurite.port);
      const tableName = `fire${randomBytes(8).toString("hex")}`;
      const table = new TableClient(azurite.endpoint, tableName, credential, { allowInsecureConnection: true });
      await table.createTable();
      const placeAt = (port: number): StorePlace => {
        return { kind: "table", endpoint: `http://127.0.0.1:${port}/${ACCOUNT.name}`, tableName, account: ACCOUNT };
      };
      return {
        place: placeAt(gateway.port),
        newStore: () => createStore(placeAt(gateway.port), REQUEST_TIMEOUT_IN_MS),
        truth: createStore(placeAt(azurite.port)),
        network: networkOf(gateway),
        async clear() {
          for await (const { partitionKey = "", rowKey = "" } of table.listEntities()) {
            await table.deleteEntity(partitionKey, rowKey);
          }
        },
        close: () => gateway.close(),
      };
    },
    close: () => azurite.close(),
  };
}
