import type { Call, History, PlannedFault, Step } from "./history.js";

/** Histories that went wrong once, or that a wrong order of steps in the service would make go wrong. */
export const counterExamples: readonly History[] = [
  // A write that times out and lands late, while its repetition is refused: its identity must not be deleted.
  ...[429, 403].map((status) =>
    historyOf(
      step([call("getUser")]),
      step(
        [call("getOrCreateUser")],
        {
          at: "store",
          fault: { after: 1, times: 1, delayInMs: 1_500 },
        },
        { at: "store", fault: { after: 2, times: 1, status } },
      ),
    ),
  ),
  // ACS refuses a deletion, or the store fails after it: the mapping must still be there.
  historyOf(
    step([call("getOrCreateUser")]),
    step([call("deleteUser")], { at: "acs", fault: { status: 403 } }),
    step([call("deleteUser")], { at: "store", fault: { after: 1, status: 500 } }),
  ),
  // The loser of a race cannot be deleted: it must be reported.
  historyOf(
    step(
      [call("getOrCreateUser"), { ...call("getOrCreateUser"), instance: 1 }],
      { at: "acs", fault: { times: 1, delayInMs: 100 } },
      { at: "acs", fault: { after: 1, status: 403 } },
    ),
  ),
  // Another server deletes the user whose mapping this one has in its cache.
  historyOf(
    step([call("issueToken, createIfMissing")]),
    step([{ ...call("deleteUser"), instance: 1 }]),
    step([{ ...call("getOrCreateUser"), instance: 1 }]),
    step([call("issueToken")]),
  ),
  // A token that is issued while all tokens are revoked must not be handed out again.
  {
    ...historyOf(
      step([call("getOrCreateUser")]),
      step([call("issueToken"), call("revokeTokens")], {
        at: "acs",
        fault: { times: 1, delayInMs: 100, stage: "after" },
      }),
      step([call("issueToken")]),
      step([call("revokeTokens")]),
      step([call("issueToken")]),
    ),
    reusesTokens: true,
  },
];

function historyOf(...steps: readonly Step[]): History {
  return { reusesTokens: false, steps };
}

function step(calls: readonly Call[], ...faults: readonly PlannedFault[]): Step {
  return { calls, faults };
}

function call(method: Call["method"]): Call {
  return { user: 0, instance: 0, method };
}
