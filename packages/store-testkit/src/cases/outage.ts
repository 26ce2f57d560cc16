import assert from "node:assert/strict";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { rejectionWithin } from "../rejection.js";
import { assertInsertResult, assertMapping } from "../same-mapping.js";
import { type CaseGroup, hasNetwork } from "./conformance-case.js";

/** How long a store may go on trying while its backend is gone. */
const LONGEST_TRYING_IN_MS = 10_000;

export const outage: CaseGroup = {
  title: "while the backend is down",
  cases: [
    {
      title: 'reading rejects: an outage is never "absent"',
      appliesTo: hasNetwork,
      async run(context) {
        const mapping = context.mapping(context.user(0));
        const callers = await newAndUsed(context);
        await callers[0].insert(mapping);
        await context.whileDown(async () => {
          for (const caller of callers) {
            await rejectionWithin(LONGEST_TRYING_IN_MS, caller.get(mapping.user));
            await rejectionWithin(LONGEST_TRYING_IN_MS, caller.get(context.user(1)));
          }
        });
      },
    },
    {
      title: "inserting rejects, and nothing is written",
      appliesTo: hasNetwork,
      async run(context) {
        const user = context.user();
        const callers = await newAndUsed(context);
        await context.whileDown(async () => {
          for (const caller of callers)
            await rejectionWithin(LONGEST_TRYING_IN_MS, caller.insert(context.mapping(user)));
        });
        await context.assertStored(user, undefined);
      },
    },
    {
      title: "removing rejects, and nothing is removed",
      appliesTo: hasNetwork,
      async run(context) {
        const mapping = context.mapping(context.user());
        const callers = await newAndUsed(context);
        await callers[0].insert(mapping);
        await context.whileDown(async () => {
          for (const caller of callers) {
            const removal = caller.remove(mapping.user, mapping.communicationUserId);
            await rejectionWithin(LONGEST_TRYING_IN_MS, removal);
          }
        });
        await context.assertStored(mapping.user, mapping);
      },
    },
    {
      title: "failing leaves no trace: afterwards the same instances work",
      appliesTo: hasNetwork,
      async run(context) {
        const callers = await newAndUsed(context);
        await context.whileDown(async () => {
          for (const caller of callers) await rejectionWithin(LONGEST_TRYING_IN_MS, caller.get(context.user(0)));
        });
        for (const [n, caller] of callers.entries()) {
          const mapping = context.mapping(context.user(n));
          assertInsertResult(await caller.insert(mapping), { inserted: true, mapping });
          assertMapping(await caller.get(mapping.user), mapping);
        }
      },
    },
  ],
};

/** An instance that has made calls, and one that has not, whose first call falls into the outage. */
async function newAndUsed(context: CaseContext): Promise<[used: Caller, unused: Caller]> {
  const [used, unused] = [await context.caller(), await context.caller()];
  assert.equal(await used.get(context.user(0)), undefined);
  return [used, unused];
}
