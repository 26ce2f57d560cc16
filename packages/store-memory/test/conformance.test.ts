import { testIdentityStore } from "@acs-auth/store-testkit";
import { describe, it } from "vitest";
import { MemoryIdentityStore } from "../src/index.js";

testIdentityStore(
  { describe, it },
  {
    name: "memory",
    capabilities: { insert: "process", conditionalRemove: true, list: true },
    inProcess: true,
    async setup() {
      const store = new MemoryIdentityStore();
      return {
        createStore: () => store,
        probe: async (user) => (await store.get(user))?.communicationUserId,
        async teardown() {},
      };
    },
  },
);
