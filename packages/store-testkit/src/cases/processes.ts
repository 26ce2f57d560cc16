import assert from "node:assert/strict";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { times, together } from "../together.js";
import type { CaseGroup, ConformanceCase } from "./conformance-case.js";
import { type Attempt, assertOneWinner } from "./one-winner.js";

const PROCESSES = 3;
const CALLS_PER_PROCESS = 4;
const USERS = 4;
const DELAY_IN_MS = 50;

const isShared: ConformanceCase["appliesTo"] = ({ capabilities }) => capabilities.insert === "shared";

export const processes: CaseGroup = {
  title: "several processes",
  cases: [
    {
      title: "that insert for the same users have one winner for each",
      appliesTo: isShared,
      async run(context) {
        const users = Array.from({ length: USERS }, (_, n) => context.user(n));
        const calls = times(CALLS_PER_PROCESS, await children(context));
        const insertions = users.flatMap((user) =>
          calls.map((caller) => async (): Promise<Attempt> => {
            const candidate = context.mapping(user);
            return { candidate, result: await caller.insert(candidate) };
          }),
        );
        const attempts = await context.whileDelayed(DELAY_IN_MS, () => together(insertions));
        for (const user of users) {
          const ofUser = attempts.filter(({ candidate }) => candidate.user.objectId === user.objectId);
          await assertOneWinner(context, user, ofUser);
        }
      },
    },
    {
      title: "that remove the same mapping have one winner",
      appliesTo: (harness) => isShared(harness) && harness.capabilities.conditionalRemove,
      async run(context) {
        const mapping = context.mapping(context.user());
        await (await context.caller()).insert(mapping);
        const calls = times(CALLS_PER_PROCESS, await children(context));
        const removals = calls.map((caller) => () => caller.remove(mapping.user, mapping.communicationUserId));
        const removed = await context.whileDelayed(DELAY_IN_MS, () => together(removals));
        assert.equal(removed.filter(Boolean).length, 1, "More or fewer than one call removed the mapping.");
        await context.assertStored(mapping.user, undefined);
      },
    },
  ],
};

async function children(context: CaseContext): Promise<Caller[]> {
  return Promise.all(Array.from({ length: PROCESSES }, () => context.forkedCaller()));
}
