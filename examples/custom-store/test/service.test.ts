import { randomUUID } from "node:crypto";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useBundle } from "./support/bundle.js";
import { INSTALLATION_TIMEOUT_IN_MS, type Postgres, startPostgres } from "./support/postgres.js";
import { createSchema } from "./support/schema.js";
import { runServers } from "./support/server-processes.js";

const PROCESSES = 4;
const CALLS_PER_PROCESS = 250;

const serverProcess = useBundle("server-process.ts");
let postgres: Postgres;
let emulator: Emulator;
beforeAll(async () => {
  postgres = await startPostgres();
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
}, INSTALLATION_TIMEOUT_IN_MS);
afterAll(async () => {
  await emulator.close();
  await postgres.stop();
});

it("4 processes with 250 concurrent first calls each for 100 users give 100 identities and no orphan", async () => {
  const schema = await createSchema(postgres);
  const people = Array.from({ length: 100 }, () => ({ tenantId: randomUUID(), objectId: randomUUID() }));
  const users = Array.from({ length: CALLS_PER_PROCESS }, (_, n) => people[n % people.length]).filter(
    (user) => user !== undefined,
  );

  const outcomes = await runServers(PROCESSES, serverProcess, {
    connectionString: emulator.communication.connectionString,
    store: schema.poolConfig(),
    users,
  });

  const ids = outcomes.flatMap((outcome) => outcome.ids);
  expect(ids).toHaveLength(PROCESSES * CALLS_PER_PROCESS);
  const live = emulator.state().communication.identities.filter(({ deletedOn }) => deletedOn === undefined);
  expect(live).toHaveLength(people.length);
  expect(outcomes.map(({ orphans }) => orphans)).toEqual(outcomes.map(() => 0));
  for (const [n, person] of people.entries()) {
    const mapped = await schema.find(person);
    const returned = outcomes.flatMap((outcome) => outcome.ids.filter((_, call) => call % people.length === n));
    expect(new Set(returned)).toEqual(new Set([mapped]));
  }
  expect(new Set(ids)).toEqual(new Set(live.map(({ id }) => id)));
  await schema.drop();
}, 60_000);
