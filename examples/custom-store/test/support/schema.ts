import { randomBytes } from "node:crypto";
import type { UserKey } from "@acs-auth/core";
import { Client, type PoolConfig } from "pg";
import { CREATE_TABLE } from "../../src/postgres-identity-store.js";
import type { Postgres } from "./postgres.js";

/** More than one, as races that one connection would prevent must take place. */
export const POOL_SIZE = 5;

/** A schema with the table in it, isolated from all others. */
export interface Schema {
  /** The settings of a pool whose connections work in this schema; `via` is the address of a proxy. */
  poolConfig(via?: { readonly host: string; readonly port: number }): PoolConfig;
  /** What the table holds for a user, read past store and proxy. */
  find(user: UserKey): Promise<string | undefined>;
  /** Runs a statement in the schema, past any proxy. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

export async function createSchema({ connection }: Postgres): Promise<Schema> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const settings = { ...connection, options: `-c search_path=${name}` };
  const client = new Client(settings);
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.query(CREATE_TABLE);
  return {
    poolConfig: ({ host, port } = connection) => ({
      ...settings,
      host,
      port,
      max: POOL_SIZE,
      connectionTimeoutMillis: 2_000,
    }),
    async find({ tenantId, objectId }) {
      const { rows } = await client.query<{ communication_user_id: string }>(
        "SELECT communication_user_id FROM acs_identities WHERE user_id = $1",
        [JSON.stringify([tenantId, objectId])],
      );
      return rows[0]?.communication_user_id;
    },
    query: async (sql) => (await client.query(sql)).rows,
    async drop() {
      await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.end();
    },
  };
}
