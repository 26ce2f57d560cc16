import assert from "node:assert/strict";
import type { IdentityMapping, InsertResult, UserKey } from "@acs-auth/core";
import type { CaseContext } from "../case-context.js";
import { assertMapping } from "../same-mapping.js";

/** What somebody tried to insert and was told. */
export interface Attempt {
  readonly candidate: IdentityMapping;
  readonly result: InsertResult;
}

/**
 * Of all attempts for a user one has won, and everybody was told so. Of a store that promises only its best effort,
 * the suite asks no more than that what is stored at last is what a winner inserted.
 */
export async function assertOneWinner(
  context: CaseContext,
  user: UserKey,
  attempts: readonly Attempt[],
): Promise<void> {
  const winners = attempts.filter(({ result }) => result.inserted);
  for (const { candidate, result } of winners) assertMapping(result.mapping, candidate);
  if (context.harness.capabilities.insert === "best-effort") {
    const stored = await context.backend.probe(user);
    const winner = winners.find(({ candidate }) => candidate.communicationUserId === stored);
    assert.ok(winner, "What is stored was inserted by nobody who was told so.");
    await context.assertStored(user, winner.candidate);
    return;
  }
  const [winner] = winners;
  assert.ok(winner && winners.length === 1, `${winners.length} callers were told that they inserted the mapping.`);
  for (const { result } of attempts) {
    assertMapping(result.mapping, winner.candidate, "A caller was given another mapping than the winner's.");
  }
  await context.assertStored(user, winner.candidate);
}
