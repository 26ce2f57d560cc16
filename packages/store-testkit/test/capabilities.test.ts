import { describe, expect, it } from "vitest";
import type { IdentityStoreHarness } from "../src/index.js";
import { testIdentityStore } from "../src/index.js";
import { ListlessStore } from "./support/broken-listings.js";
import { CheckThenActStore, CompareThenRemoveStore, OverwritingStore } from "./support/broken-stores.js";
import { httpHarness } from "./support/http-harness.js";
import { HttpIdentityStore } from "./support/http-identity-store.js";
import { failingCases, registeredCases } from "./support/run-suite.js";

const OVERWRITES = "one caller never overwrites: a later insertion gets the first mapping";
const RACE = "concurrent insertions for one user have one winner, and all callers get its mapping";
const OUTAGE = 'while the backend is down reading rejects: an outage is never "absent"';
const LISTING = "capabilities include list where there is a listing, and only there";
const REMOVES_LATER = "concurrent removals never remove what was inserted after the mapping they name";

const BEST_EFFORT = { insert: "best-effort", conditionalRemove: false, list: true } as const;

function titles(capabilities: IdentityStoreHarness["capabilities"], inProcess = false): string[] {
  return registeredCases({ ...httpHarness({ capabilities }), inProcess }).map(({ title }) => title);
}

function declaring(
  Store: new (url: string) => HttpIdentityStore,
  capabilities: IdentityStoreHarness["capabilities"],
): IdentityStoreHarness {
  class DeclaringStore extends Store {
    override readonly capabilities = capabilities;
  }
  return httpHarness({ Store: DeclaringStore, capabilities });
}

describe("what a store declares", () => {
  it("decides which cases apply", () => {
    const all = titles({ insert: "shared", conditionalRemove: true, list: true });
    const without = (words: RegExp) => all.filter((title) => !words.test(title));
    expect(titles({ insert: "process", conditionalRemove: true, list: true })).toEqual(without(/^several processes/));
    expect(titles({ insert: "shared", conditionalRemove: false, list: true })).toEqual(
      all.filter(
        (title) =>
          title !== REMOVES_LATER && title !== "several processes that remove the same mapping have one winner",
      ),
    );
    expect(titles({ insert: "process", conditionalRemove: true, list: true }, true)).toEqual(
      without(
        /^several processes|^while the backend|^when the reply|that fires during|^capabilities that reach|^a listing rejects/,
      ),
    );
    expect(titles({ insert: "shared", conditionalRemove: true, list: false })).toEqual(without(/^a listing/));
  });

  it("lets a store that compares before it removes pass, if it says so", async () => {
    expect(await failingCases(declaring(CompareThenRemoveStore, BEST_EFFORT))).toEqual([]);
  }, 60_000);

  it("lets a store without a listing pass, also one whose listing throws a TypeError, and no other", async () => {
    const capabilities = { insert: "shared", conditionalRemove: true, list: false } as const;
    const honesty = (title: string) => title === LISTING;
    class RefusingStore extends HttpIdentityStore {
      override listMappings(): never {
        throw new TypeError("This store cannot list.");
      }
    }
    expect(await failingCases(declaring(ListlessStore, capabilities), honesty)).toEqual([]);
    expect(await failingCases(declaring(RefusingStore, capabilities), honesty)).toEqual([]);
    expect(await failingCases(declaring(HttpIdentityStore, capabilities), honesty)).toEqual([LISTING]);
  });

  it("lets a store that promises nothing lose races, but not overwrite", async () => {
    expect(await failingCases(declaring(CheckThenActStore, BEST_EFFORT))).toEqual([]);
    const overwriting = declaring(OverwritingStore, BEST_EFFORT);
    expect(await failingCases(overwriting, (title) => title === OVERWRITES)).toEqual([OVERWRITES]);
  }, 60_000);
});

describe("the suite refuses", () => {
  const harness = httpHarness({});
  it.each([
    ["a list of cases to skip", { ...harness, skip: ["abort"] }],
    ["a store in this process that promises more", { ...harness, inProcess: true }],
    ["an unknown promise", { ...harness, capabilities: { insert: "perhaps", conditionalRemove: true, list: true } }],
    ["a missing promise", { ...harness, capabilities: { insert: "shared" } }],
  ])("%s", (_, refused) => {
    expect(() => testIdentityStore({ describe, it }, refused as IdentityStoreHarness)).toThrow(TypeError);
  });

  it("a harness that hands out one store twice", async () => {
    const careless: IdentityStoreHarness = {
      ...harness,
      async setup() {
        const backend = await harness.setup();
        const store = await backend.createStore();
        return { ...backend, createStore: () => store };
      },
    };
    expect(await failingCases(careless, (title) => title === RACE)).toEqual([RACE]);
  });

  it("a harness that shows no network, unless the store is its own backend", async () => {
    const careless: IdentityStoreHarness = {
      ...harness,
      async setup() {
        const { network: _, ...backend } = await harness.setup();
        return backend;
      },
    };
    expect(await failingCases(careless, (title) => title === OUTAGE)).toEqual([OUTAGE]);
  });
});
