import { Pool, type PoolConfig } from "pg";
import { PostgresIdentityStore } from "../../src/postgres-identity-store.js";

/** How a process started by the conformance suite makes a store; bundled, as plain Node reads no TypeScript. */
export function createStore(config: PoolConfig): PostgresIdentityStore {
  return new PostgresIdentityStore(new Pool(config));
}
