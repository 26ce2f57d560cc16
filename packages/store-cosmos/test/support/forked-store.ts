import { type CosmosEndpointOptions, CosmosIdentityStore } from "../../src/index.js";

/** Makes the store of a process that the conformance suite forks. */
export function createStore(options: CosmosEndpointOptions): CosmosIdentityStore {
  return new CosmosIdentityStore(options);
}
