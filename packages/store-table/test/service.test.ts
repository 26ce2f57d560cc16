import { Servers } from "test-support";
import { type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, it } from "vitest";
import { findMapping, newClient, newTableName } from "./support/tables.js";

const servers = new Servers(new URL("./support/forked-store.ts", import.meta.url));
let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.close());

it("4 processes with 250 concurrent first calls each for 100 users give 100 identities and no orphan", async () => {
  const tableName = newTableName();
  const table = newClient(azurite.endpoint, tableName);
  await table.createTable();
  const storeArgument = { endpoint: azurite.endpoint, tableName, requestTimeoutInMs: 60_000 };
  await servers.expectOneIdentityPerUser(storeArgument, (user) => findMapping(table, user));
}, 120_000);
