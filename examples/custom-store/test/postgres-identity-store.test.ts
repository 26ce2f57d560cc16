import { AcsAuthError, type AcsAuthErrorCode, type IdentityMapping } from "@acs-auth/core";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { PostgresIdentityStore } from "../src/postgres-identity-store.js";
import { INSTALLATION_TIMEOUT_IN_MS, type Postgres, startPostgres } from "./support/postgres.js";
import { createSchema, POOL_SIZE, type Schema } from "./support/schema.js";

const USER = { tenantId: "33333333-3333-4333-8333-333333333333", objectId: "44444444-4444-4444-8444-444444444444" };

let postgres: Postgres;
let schema: Schema;
let pool: Pool;
let store: PostgresIdentityStore;
beforeAll(async () => {
  postgres = await startPostgres();
}, INSTALLATION_TIMEOUT_IN_MS);
afterAll(() => postgres.stop());
beforeEach(async () => {
  schema = await createSchema(postgres);
  pool = new Pool(schema.poolConfig());
  store = new PostgresIdentityStore(pool);
});
afterEach(async () => {
  await pool.end();
  await schema.drop();
});

function mapping(n: number): IdentityMapping {
  const communicationUserId = `8:acs:11111111-1111-4111-8111-111111111111_00000000-0000-4000-8000-00000000000${n}`;
  return { user: USER, communicationUserId, createdOn: new Date("2026-01-02T03:04:05.678Z") };
}

async function expectCode(call: Promise<unknown>, code: AcsAuthErrorCode): Promise<void> {
  await expect(call).rejects.toSatisfy((error) => AcsAuthError.is(error, code));
}

it("concurrent insertions of one store have one winner, over several connections at once", async () => {
  const insertions = Promise.all(Array.from({ length: 100 }, (_, n) => store.insertIfAbsent(mapping(n % 10))));
  expect(pool.totalCount).toBe(POOL_SIZE);
  const results = await insertions;
  expect(results.filter(({ inserted }) => inserted)).toHaveLength(1);
  expect(new Set(results.map((result) => result.mapping.communicationUserId)).size).toBe(1);
  const [{ connections } = {}] = await schema.query(
    "SELECT count(*)::int AS connections FROM pg_stat_activity WHERE backend_type = 'client backend'",
  );
  expect(connections).toBeGreaterThan(POOL_SIZE);
});

it("a table that is missing is an error and never an absent mapping", async () => {
  await schema.query("DROP TABLE acs_identities");
  await expectCode(store.get(USER), "store_denied");
  await expectCode(store.insertIfAbsent(mapping(1)), "store_denied");
  await expectCode(store.removeIfMatches(USER, mapping(1).communicationUserId), "store_denied");
});

it("a wrong password is store_denied, and in no error", async () => {
  const password = "a password that nobody may see";
  const strangers = new Pool({ ...schema.poolConfig(), password });
  const error: unknown = await new PostgresIdentityStore(strangers).get(USER).catch((thrown) => thrown);
  expect(AcsAuthError.is(error, "store_denied")).toBe(true);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(password);
  await strangers.end();
});

it("a connection that the server ends is replaced", async () => {
  await store.insertIfAbsent(mapping(1));
  await schema.query(`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`);
  await expect.poll(() => pool.totalCount).toBe(0);
  expect(await store.get(USER)).toEqual(mapping(1));
});
