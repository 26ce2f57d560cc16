import { Servers } from "test-support";
import { afterAll, beforeAll, it } from "vitest";
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
  await servers.expectOneIdentityPerUser({ ...schema.poolConfig(), connectionTimeoutMillis: 60_000 }, schema.find);
  await schema.drop();
}, 120_000);
