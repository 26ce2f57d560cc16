import assert from "node:assert/strict";
import { assertMapping } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";
import { hasNetwork } from "./conformance-case.js";

export const capabilities: CaseGroup = {
  title: "capabilities",
  cases: [
    {
      title: "are declared alike by every instance and by the harness",
      async run(context) {
        const { insert, conditionalRemove } = context.harness.capabilities;
        for (const { store } of await context.callers(2)) {
          assert.equal(store.capabilities.insert, insert);
          assert.equal(store.capabilities.conditionalRemove, conditionalRemove);
          assert.ok(typeof store.name === "string" && store.name.length > 0, "A store must have a name.");
        }
      },
    },
    {
      title: "that reach beyond one instance are kept by independent instances",
      appliesTo: hasNetwork,
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const [writer, reader] = [await context.caller(), await context.caller()];
        await writer.insert(mapping);
        assertMapping(await reader.get(user), mapping, "Another instance does not see what one has written.");
      },
    },
  ],
};
