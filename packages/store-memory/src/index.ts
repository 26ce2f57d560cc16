export { MemoryIdentityStore, type MemoryIdentityStoreOptions } from "./memory-identity-store.js";
