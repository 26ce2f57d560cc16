export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from "./fault-proxy.js";
export { testIdentityStore } from "./test-identity-store.js";
export type {
  BackendNetwork,
  ForkedStore,
  IdentityStoreHarness,
  StoreBackend,
  TestRunner,
} from "./types.js";
