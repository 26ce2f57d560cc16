import assert from "node:assert/strict";
import { describeError } from "../rejection.js";
import { assertInsertResult, assertMapping } from "../same-mapping.js";
import { type CaseGroup, hasNetwork } from "./conformance-case.js";

/** Codes by which a store says that it wrote nothing. */
const NOTHING_WRITTEN: ReadonlySet<unknown> = new Set(["store_denied", "throttled"]);

export const lostReplies: CaseGroup = {
  title: "when the reply to a write is lost",
  cases: [
    {
      title: "an insertion rejects or tells the truth, and repeating it gives the caller's own mapping",
      appliesTo: hasNetwork,
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const caller = await context.caller();
        await caller.get(user);
        await context.network.loseNextReply();
        const result = await caller.insert(mapping).catch(assertUnknown);
        if (result) assertInsertResult(result, { inserted: true, mapping });
        await context.assertStored(user, mapping);
        assertMapping((await caller.insert(mapping)).mapping, mapping);
        assertInsertResult(await caller.insert(context.mapping(user)), { inserted: false, mapping });
      },
    },
    {
      title: "a removal rejects or tells the truth, and repeating it finds nothing",
      appliesTo: hasNetwork,
      async run(context) {
        const user = context.user();
        const mapping = context.mapping(user);
        const caller = await context.caller();
        await caller.insert(mapping);
        await context.network.loseNextReply();
        const removed = await caller.remove(user, mapping.communicationUserId).catch(assertUnknown);
        assert.notEqual(removed, false, "The call removed the mapping and said that it did not.");
        // Where a removal is several steps, the first may have been all.
        const isCutShort = !removed && !context.harness.capabilities.conditionalRemove && (await caller.get(user));
        if (isCutShort) assert.equal(await caller.remove(user, mapping.communicationUserId), true);
        await context.assertStored(user, undefined);
        assert.equal(await caller.remove(user, mapping.communicationUserId), false);
      },
    },
  ],
};

function assertUnknown(error: unknown): undefined {
  const { code } = describeError(error);
  assert.ok(!NOTHING_WRITTEN.has(code), `The error's code ${code} says that nothing was written; it was.`);
}
