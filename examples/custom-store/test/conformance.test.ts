import { startFaultProxy, testIdentityStore } from "@acs-auth/store-testkit";
import { Pool } from "pg";
import { useBundle } from "test-support";
import { afterAll, beforeAll, describe, it } from "vitest";
import { PostgresIdentityStore } from "../src/postgres-identity-store.js";
import { INSTALLATION_TIMEOUT_IN_MS, type Postgres, startPostgres } from "./support/postgres.js";
import { createSchema } from "./support/schema.js";

const forkedStore = useBundle(new URL("./support/forked-store.ts", import.meta.url));

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, INSTALLATION_TIMEOUT_IN_MS);
afterAll(() => postgres.stop());

testIdentityStore(
  { describe, it },
  {
    name: "PostgresIdentityStore",
    capabilities: { insert: "shared", conditionalRemove: true, list: false },
    async setup() {
      const schema = await createSchema(postgres);
      const network = await startFaultProxy({
        target: { port: postgres.connection.port },
        isWrite: (sent) => sent.includes("INSERT") || sent.includes("DELETE"),
      });
      const config = schema.poolConfig(network);
      const pools: Pool[] = [];
      return {
        createStore() {
          const pool = new Pool(config);
          pools.push(pool);
          return new PostgresIdentityStore(pool);
        },
        probe: schema.find,
        network,
        fork: { module: forkedStore, argument: config },
        async teardown() {
          await network.close();
          await Promise.all(pools.map((pool) => pool.end()));
          await schema.drop();
        },
      };
    },
  },
);
