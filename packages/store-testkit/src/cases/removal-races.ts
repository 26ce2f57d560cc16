import assert from "node:assert/strict";
import type { UserKey } from "@acs-auth/core";
import type { Caller } from "../caller.js";
import type { CaseContext } from "../case-context.js";
import { assertMapping } from "../same-mapping.js";
import { staggered, times, together } from "../together.js";
import type { CaseGroup, ConformanceCase } from "./conformance-case.js";
import type { Attempt } from "./one-winner.js";

const INSTANCES = 4;
const REMOVALS_PER_INSTANCE = 2;
const INSERTIONS_PER_INSTANCE = 6;
const DELAY_IN_MS = 80;
const ROUNDS = 2;

const removesConditionally: ConformanceCase["appliesTo"] = ({ capabilities }) => capabilities.conditionalRemove;

export const removalRaces: CaseGroup = {
  title: "concurrent removals",
  cases: [
    {
      title: "of one mapping have one winner",
      async run(context) {
        const mapping = context.mapping(context.user());
        const callers = await context.callers(INSTANCES);
        await callers[0]?.insert(mapping);
        const removals = times(REMOVALS_PER_INSTANCE, callers).map(
          (caller) => () => caller.remove(mapping.user, mapping.communicationUserId),
        );
        const removed = await context.whileDelayed(DELAY_IN_MS, () => together(removals));
        const winners = removed.filter(Boolean).length;
        assert.ok(winners >= 1, "Nobody was told that the mapping was removed.");
        if (context.harness.capabilities.conditionalRemove)
          assert.equal(winners, 1, "Several calls removed one mapping.");
        await context.assertStored(mapping.user, undefined);
      },
    },
    {
      title: "never remove what was inserted after the mapping they name",
      appliesTo: removesConditionally,
      async run(context) {
        const callers = await context.callers(INSTANCES);
        for (let n = 0; n < ROUNDS; n++) await raceRemovalsAndInsertions(context, callers, context.user(n));
      },
    },
  ],
};

/**
 * Removals of an old mapping and insertions of new ones, so staggered that some removals have read the old mapping
 * before it goes, and come to remove it after a new one is there.
 */
async function raceRemovalsAndInsertions(
  context: CaseContext,
  callers: readonly Caller[],
  user: UserKey,
): Promise<void> {
  const old = context.mapping(user);
  await callers[0]?.insert(old);

  const [removed, attempts] = await context.whileDelayed(DELAY_IN_MS, () =>
    Promise.all([
      staggered(
        DELAY_IN_MS / 4,
        times(REMOVALS_PER_INSTANCE, callers).map((caller) => () => caller.remove(user, old.communicationUserId)),
      ),
      staggered(
        DELAY_IN_MS / 8,
        times(INSERTIONS_PER_INSTANCE, callers).map((caller) => async (): Promise<Attempt> => {
          const candidate = context.mapping(user);
          return { candidate, result: await caller.insert(candidate) };
        }),
      ),
    ]),
  );

  assert.equal(removed.filter(Boolean).length, 1, "More or fewer than one call removed the old mapping.");
  const winners = attempts.filter(({ result }) => result.inserted);
  assert.equal(winners.length, 1, `${winners.length} insertions won after one removal.`);
  const expected = winners[0]?.candidate;
  for (const { result } of attempts) {
    const { communicationUserId } = result.mapping;
    assertMapping(result.mapping, communicationUserId === old.communicationUserId ? old : expected);
  }
  await context.assertStored(user, expected);
}
