import assert from "node:assert/strict";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { describeError, rejectionWithin } from "../rejection.js";
import { type CaseGroup, hasNetwork } from "./conformance-case.js";

const DELAY_IN_MS = 5_000;
const ABORT_AFTER_IN_MS = 100;
/** How long a call may take to end once its signal has fired. */
const LONGEST_ENDING_IN_MS = 1_000;

type Call = (caller: Caller, signal: AbortSignal) => Promise<unknown>;

export const abort: CaseGroup = {
  title: "an abort signal",
  cases: [
    {
      title: "that has fired before a call ends it without an effect",
      async run(context) {
        const signal = AbortSignal.abort();
        const caller = await context.caller();
        const [mapped, unmapped] = [context.mapping(context.user(0)), context.mapping(context.user(1))];
        await caller.insert(mapped);
        for (const call of [
          () => caller.get(mapped.user, signal),
          () => caller.insert(unmapped, signal),
          () => caller.remove(mapped.user, mapped.communicationUserId, signal),
        ]) {
          assertAborted(await rejectionWithin(LONGEST_ENDING_IN_MS, call()));
        }
        await context.assertStored(mapped.user, mapped);
        await context.assertStored(unmapped.user, undefined);
      },
    },
    {
      title: "that fires during a read ends it at once",
      appliesTo: hasNetwork,
      run: (context) => assertEnds(context, (caller, signal) => caller.get(context.user(), signal)),
    },
    {
      title: "that fires during an insertion ends it at once",
      appliesTo: hasNetwork,
      run: (context) =>
        assertEnds(context, (caller, signal) => caller.insert(context.mapping(context.user(1)), signal)),
    },
    {
      title: "that fires during a removal ends it at once",
      appliesTo: hasNetwork,
      async run(context) {
        const mapping = context.mapping(context.user());
        await (await context.caller()).insert(mapping);
        await assertEnds(context, (caller, signal) => caller.remove(mapping.user, mapping.communicationUserId, signal));
      },
    },
  ],
};

async function assertEnds(context: CaseContext, call: Call): Promise<void> {
  const callers = await context.callers(2);
  await callers[0]?.get(context.user());
  await context.whileDelayed(DELAY_IN_MS, async () => {
    for (const caller of callers) {
      const signal = AbortSignal.timeout(ABORT_AFTER_IN_MS);
      assertAborted(await rejectionWithin(ABORT_AFTER_IN_MS + LONGEST_ENDING_IN_MS, call(caller, signal)));
    }
  });
}

export function assertAborted(error: unknown): void {
  const { name, code } = describeError(error);
  assert.ok(
    name === "AbortError" || code === "aborted",
    `The call rejected with ${String(error)}: it must be an AbortError, or have the code aborted.`,
  );
}
