export type {
  TableIdentityStoreClientOptions,
  TableIdentityStoreConnectionStringOptions,
  TableIdentityStoreEndpointOptions,
  TableIdentityStoreOptions,
} from "./options.js";
export { TableIdentityStore } from "./table-identity-store.js";
