import { randomBytes } from "node:crypto";
import { type IdentityStoreHarness, startFaultProxy, testIdentityStore } from "@acs-auth/store-testkit";
import { useBundle } from "test-support";
import { ACCOUNT, type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Step } from "./support/servers.js";
import { openAt, openTable } from "./support/two-tables.js";

const forkedStore = useBundle(new URL("./support/two-tables.ts", import.meta.url));
let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.close());

/** Stores at two steps over the same two tables, in turn; the forked ones are at the later step. */
function harness(...steps: readonly [Step, Step]): IdentityStoreHarness {
  return {
    name: `LayeredIdentityStore over two tables, ${steps.join(" beside ")}`,
    capabilities: { insert: "shared", conditionalRemove: false, list: false },
    async setup() {
      const network = await startFaultProxy({ target: { port: azurite.port } });
      const id = randomBytes(8).toString("hex");
      const tables = {
        endpoint: `http://${network.host}:${network.port}/${ACCOUNT.name}`,
        currentTable: `new${id}`,
        previousTable: `old${id}`,
      };
      const current = openTable(azurite.endpoint, tables.currentTable);
      const previous = openTable(azurite.endpoint, tables.previousTable);
      let stores = 0;
      return {
        createStore: () => openAt(steps[stores++ % 2] ?? steps[0], tables),
        probe: async (user) => ((await previous.get(user)) ?? (await current.get(user)))?.communicationUserId,
        network,
        fork: { module: forkedStore, argument: { step: steps[1], tables } },
        teardown: () => network.close(),
      };
    },
  };
}

testIdentityStore({ describe, it }, harness("attach", "dual-write"));
testIdentityStore({ describe, it }, harness("dual-write", "read-through"));
testIdentityStore({ describe, it }, harness("read-through", "detach"));
