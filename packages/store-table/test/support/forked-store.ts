import { TableIdentityStore } from "../../src/index.js";
import { CREDENTIAL } from "./tables.js";

/** How a process started by the conformance suite makes a store; bundled, as plain Node reads no TypeScript. */
export function createStore(options: {
  readonly endpoint: string;
  readonly tableName: string;
  readonly requestTimeoutInMs?: number;
}): TableIdentityStore {
  return new TableIdentityStore({
    ...options,
    credential: CREDENTIAL,
    clientOptions: { allowInsecureConnection: true },
  });
}
