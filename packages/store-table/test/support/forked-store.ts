import { TableIdentityStore } from "../../src/index.js";
import { CREDENTIAL } from "./tables.js";

/** How a process started by the conformance suite makes a store; bundled, as plain Node reads no TypeScript. */
export function createStore({ endpoint, tableName }: { endpoint: string; tableName: string }): TableIdentityStore {
  return new TableIdentityStore({
    endpoint,
    tableName,
    credential: CREDENTIAL,
    clientOptions: { allowInsecureConnection: true },
  });
}
