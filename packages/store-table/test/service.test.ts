import { newUsers, Servers } from "test-support";
import { type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, expect, it } from "vitest";
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
  const users = newUsers(100);
  const job = { processes: 4, callsPerProcess: 250, users, storeArgument };
  const { idsByUser, orphans } = await servers.getOrCreateUsers(job);
  expect(orphans).toBe(0);
  expect(idsByUser.flat()).toHaveLength(1_000);
  const mapped: (string | undefined)[] = [];
  for (const user of users) mapped.push(await findMapping(table, user));
  expect(idsByUser.map((ids) => [...new Set(ids)])).toEqual(mapped.map((id) => [id]));
  expect(servers.liveIdentities().sort()).toEqual(mapped.sort());
}, 120_000);
