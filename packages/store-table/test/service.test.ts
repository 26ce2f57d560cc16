import { randomUUID } from "node:crypto";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Azurite, startAzurite } from "./support/azurite.js";
import { useBundle } from "./support/bundle.js";
import { runServers } from "./support/server-processes.js";
import { findMapping, newClient, newTableName } from "./support/tables.js";

const PROCESSES = 4;
const CALLS_PER_PROCESS = 250;

const serverProcess = useBundle("server-process.ts");
let azurite: Azurite;
let emulator: Emulator;
beforeAll(async () => {
  azurite = await startAzurite();
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
});
afterAll(async () => {
  await emulator.close();
  await azurite.close();
});

it("4 processes with 250 concurrent first calls each for 100 users give 100 identities and no orphan", async () => {
  const tableName = newTableName();
  const table = newClient(azurite.endpoint, tableName);
  await table.createTable();
  const people = Array.from({ length: 100 }, () => ({ tenantId: randomUUID(), objectId: randomUUID() }));
  const users = Array.from({ length: CALLS_PER_PROCESS }, (_, n) => people[n % people.length]).filter(
    (user) => user !== undefined,
  );

  const outcomes = await runServers(PROCESSES, serverProcess, {
    connectionString: emulator.communication.connectionString,
    store: { endpoint: azurite.endpoint, tableName },
    users,
  });

  const ids = outcomes.flatMap((outcome) => outcome.ids);
  expect(ids).toHaveLength(PROCESSES * CALLS_PER_PROCESS);
  const live = emulator.state().communication.identities.filter(({ deletedOn }) => deletedOn === undefined);
  expect(live).toHaveLength(people.length);
  expect(outcomes.map(({ orphans }) => orphans)).toEqual(outcomes.map(() => 0));
  for (const [n, person] of people.entries()) {
    const mapped = await findMapping(table, person);
    const returned = outcomes.flatMap((outcome) => outcome.ids.filter((_, call) => call % people.length === n));
    expect(new Set(returned)).toEqual(new Set([mapped]));
  }
  expect(new Set(ids)).toEqual(new Set(live.map(({ id }) => id)));
}, 60_000);
