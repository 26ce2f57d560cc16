import type { UserKey } from "@acs-auth/core";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { staggered, times, together } from "../together.js";
import type { CaseGroup } from "./conformance-case.js";
import { type Attempt, assertOneWinner } from "./one-winner.js";

const ROUNDS = 5;
const INSTANCES = 4;
const CALLERS_PER_INSTANCE = 4;
const DELAY_IN_MS = 100;

export const insertionRaces: CaseGroup = {
  title: "concurrent insertions for one user",
  cases: [
    {
      title: "have one winner, and all callers get its mapping",
      async run(context) {
        const callers = await contenders(context);
        for (let round = 0; round < ROUNDS; round++) {
          const user = context.user(round);
          await assertOneWinner(context, user, await together(insertions(context, callers, user)));
        }
      },
    },
    {
      title: "have one winner where every request takes long, so that all read before any writes",
      async run(context) {
        const callers = await contenders(context);
        const user = context.user();
        const attempts = await context.whileDelayed(DELAY_IN_MS, () => together(insertions(context, callers, user)));
        await assertOneWinner(context, user, attempts);
      },
    },
    {
      title: "have one winner where each begins while another is under way",
      async run(context) {
        const callers = await contenders(context);
        const user = context.user();
        const attempts = await context.whileDelayed(DELAY_IN_MS, () =>
          staggered(DELAY_IN_MS / 5, insertions(context, callers, user)),
        );
        await assertOneWinner(context, user, attempts);
      },
    },
  ],
};

async function contenders(context: CaseContext): Promise<Caller[]> {
  return times(CALLERS_PER_INSTANCE, await context.callers(INSTANCES));
}

function insertions(context: CaseContext, callers: readonly Caller[], user: UserKey): (() => Promise<Attempt>)[] {
  return callers.map((caller) => {
    const candidate = context.mapping(user);
    return async () => ({ candidate, result: await caller.insert(candidate) });
  });
}
