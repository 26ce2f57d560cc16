import { describe, expect, it } from "vitest";
import * as brokenListings from "./support/broken-listings.js";
import * as brokenStores from "./support/broken-stores.js";
import { useBundle } from "./support/bundle-for-node.js";
import { httpHarness } from "./support/http-harness.js";
import { failingCases } from "./support/run-suite.js";

const stores = { ...brokenStores, ...brokenListings };

const OVERWRITES = "one caller never overwrites: a later insertion gets the first mapping";
const RACE = "concurrent insertions for one user have one winner, and all callers get its mapping";
const SLOW_RACE =
  "concurrent insertions for one user have one winner where every request takes long, so that all read before any writes";
const STAGGERED_RACE =
  "concurrent insertions for one user have one winner where each begins while another is under way";
const PROCESSES = "several processes that insert for the same users have one winner for each";
const REMOVES_OTHERS = "one caller removes nothing while the identity differs, however little";
const REMOVES_LATER = "concurrent removals never remove what was inserted after the mapping they name";
const LOST_INSERTION =
  "when the reply to a write is lost an insertion rejects or tells the truth, and repeating it gives the caller's own mapping";
const LOST_REMOVAL =
  "when the reply to a write is lost a removal rejects or tells the truth, and repeating it finds nothing";
const RECOVERY = "while the backend is down failing leaves no trace: afterwards the same instances work";
const ABORTS = ["a read", "an insertion", "a removal"].map(
  (call) => `an abort signal that fires during ${call} ends it at once`,
);

/** What each store fails at the least. */
const FAILING: Readonly<Record<keyof typeof stores, readonly string[]>> = {
  CheckThenActStore: [RACE, SLOW_RACE, STAGGERED_RACE, PROCESSES],
  OverwritingStore: [OVERWRITES, RACE, SLOW_RACE, STAGGERED_RACE, PROCESSES],
  ErrorSwallowingStore: ['while the backend is down reading rejects: an outage is never "absent"', RECOVERY],
  SharedReferenceStore: ["copies what is passed in is not kept", "copies what is handed out is not shared"],
  WrongRemoveStore: [REMOVES_OTHERS, REMOVES_LATER],
  CompareThenRemoveStore: [REMOVES_LATER],
  RepeatingRemoveStore: [LOST_REMOVAL],
  RepeatingInsertStore: [LOST_INSERTION],
  FailureRememberingStore: [RECOVERY],
  UnabortableStore: ["an abort signal that has fired before a call ends it without an effect", ...ABORTS],
  CaseFoldingStore: ["users are kept apart that differ only by letter case"],
  TenantIgnoringStore: ["users are kept apart that differ only by where the tenant's id ends"],
  QuietlyEndingListStore: [
    "a listing rejects while the backend is down, and its last token continues it: it never ends early",
  ],
  LastPageDroppingStore: [
    "a listing gives exactly the mappings that are there",
    "a listing in small pages gives all, and no page is larger",
  ],
  ItemDroppingOnResumeStore: ["a listing is continued after any page, by another instance too"],
  PositionCountingStore: ["a listing loses no other mapping while some are removed and inserted"],
  RememberingListStore: ["a listing gives exactly the mappings that are there"],
  SharedListStore: ["a listing hands out copies"],
  LargePageStore: ["a listing in small pages gives all, and no page is larger"],
  ListlessStore: ["capabilities include list where there is a listing, and only there"],
  BoastingStore: ["capabilities are declared alike by every instance and by the harness"],
};

const forkModule = useBundle("forked-http-store");

describe("what is wrong with a store is told by the cases that it fails", () => {
  it.concurrent.each(Object.entries(FAILING))(
    "%s",
    async (name, expected) => {
      const harness = httpHarness({ Store: stores[name as keyof typeof stores], forkModule });
      expect(await failingCases(harness, (title) => expected.includes(title))).toEqual(expected);
    },
    60_000,
  );
});
