import { newUsers, Servers } from "test-support";
import { afterAll, beforeAll, expect, it } from "vitest";
import { INSTALLATION_TIMEOUT_IN_MS, type Postgres, startPostgres } from "./support/postgres.js";
import { createSchema } from "./support/schema.js";

const servers = new Servers(new URL("./support/forked-store.ts", import.meta.url));
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, INSTALLATION_TIMEOUT_IN_MS);
afterAll(() => postgres.stop());

it("4 processes with 250 concurrent first calls each for 100 users give 100 identities and no orphan", async () => {
  const schema = await createSchema(postgres);
  const users = newUsers(100);
  const job = {
    processes: 4,
    callsPerProcess: 250,
    users,
    storeArgument: { ...schema.poolConfig(), connectionTimeoutMillis: 60_000 },
  };
  const { idsByUser, orphans } = await servers.getOrCreateUsers(job);
  expect(orphans).toBe(0);
  expect(idsByUser.flat()).toHaveLength(1_000);
  const mapped: (string | undefined)[] = [];
  for (const user of users) mapped.push(await schema.find(user));
  expect(idsByUser.map((ids) => [...new Set(ids)])).toEqual(mapped.map((id) => [id]));
  expect(servers.liveIdentities().sort()).toEqual(mapped.sort());
  await schema.drop();
}, 120_000);
