import assert from "node:assert/strict";
import { allOf, isListable } from "../listed.js";
import { describeError, rejectionWithin } from "../rejection.js";
import { assertMapping } from "../same-mapping.js";
import type { CaseGroup } from "./conformance-case.js";
import { hasNetwork } from "./conformance-case.js";

const LONGEST_REFUSAL_IN_MS = 1_000;

export const capabilities: CaseGroup = {
  title: "capabilities",
  cases: [
    {
      title: "are declared alike by every instance and by the harness",
      async run(context) {
        const { insert, conditionalRemove, list } = context.harness.capabilities;
        for (const { store } of await context.callers(2)) {
          assert.equal(store.capabilities.insert, insert);
          assert.equal(store.capabilities.conditionalRemove, conditionalRemove);
          assert.equal(store.capabilities.list, list);
          assert.ok(typeof store.name === "string" && store.name.length > 0, "A store must have a name.");
        }
      },
    },
    {
      title: "include list where there is a listing, and only there",
      async run(context) {
        const { store } = await context.caller();
        if (context.harness.capabilities.list) {
          assert.ok(isListable(store), "The store declares list: true and has no method listMappings.");
          return;
        }
        if (!isListable(store)) return;
        const error = await rejectionWithin(LONGEST_REFUSAL_IN_MS, (async () => allOf(store.listMappings()))());
        assert.equal(
          describeError(error).name,
          "TypeError",
          "Where list is false, listMappings must throw a TypeError.",
        );
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
