export { CosmosIdentityStore } from "./cosmos-identity-store.js";
export type {
  CosmosClientAccessOptions,
  CosmosContainerOptions,
  CosmosEndpointOptions,
  CosmosIdentityStoreCommonOptions,
  CosmosIdentityStoreOptions,
} from "./options.js";
