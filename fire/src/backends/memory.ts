import { MemoryIdentityStore } from "@acs-auth/store-memory";
import type { Backend } from "./backend.js";

export function startMemoryBackend(): Backend {
  return {
    name: "memory",
    async openSpace() {
      let store = new MemoryIdentityStore();
      return {
        place: undefined,
        newStore: () => store,
        get truth() {
          return store;
        },
        network: undefined,
        async clear() {
          store = new MemoryIdentityStore();
        },
        async close() {},
      };
    },
    async close() {},
  };
}
