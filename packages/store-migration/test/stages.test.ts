import { AcsAuthError } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { LayeredIdentityStore, type MigrationStage } from "@acs-auth/store-migration";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { newMapping, newUser } from "./support/mappings.js";
import { scheduled } from "./support/scheduled-store.js";
import { type Step, serverAt } from "./support/servers.js";

let current: MemoryIdentityStore;
let previous: MemoryIdentityStore;
beforeEach(() => {
  current = new MemoryIdentityStore();
  previous = new MemoryIdentityStore();
});

const layered = (stage: MigrationStage) => new LayeredIdentityStore({ current, previous, stage });

describe("where a new mapping goes", () => {
  it.each([
    ["attach", false, true],
    ["dual-write", true, true],
    ["read-through", true, false],
    ["detach", true, false],
  ] as const)("%s: to current %s, to previous %s", async (stage, toCurrent, toPrevious) => {
    const mapping = newMapping(newUser());
    expect(await layered(stage).insertIfAbsent(mapping)).toEqual({ inserted: true, mapping });
    expect([current.size, previous.size]).toEqual([Number(toCurrent), Number(toPrevious)]);
  });
});

describe("who decides where the stores disagree", () => {
  it.each([
    ["attach", "previous"],
    ["dual-write", "previous"],
    ["read-through", "previous"],
    ["detach", "current"],
  ] as const)("%s: %s", async (stage, deciding) => {
    const inCurrent = newMapping(newUser());
    const inPrevious = newMapping(inCurrent.user);
    await current.insertIfAbsent(inCurrent);
    await previous.insertIfAbsent(inPrevious);
    const expected = deciding === "current" ? inCurrent : inPrevious;
    expect(await layered(stage).get(inCurrent.user)).toEqual(expected);
    const insertion = await layered(stage).insertIfAbsent(newMapping(inCurrent.user));
    expect(insertion).toEqual({ inserted: false, mapping: expected });
  });
});

describe("what is in one store only", () => {
  it.each([
    ["attach", false, true],
    ["dual-write", true, true],
    ["read-through", true, true],
    ["detach", true, false],
  ] as const)("%s: read from current %s, from previous %s", async (stage, fromCurrent, fromPrevious) => {
    const inCurrent = newMapping(newUser());
    const inPrevious = newMapping(newUser());
    await current.insertIfAbsent(inCurrent);
    await previous.insertIfAbsent(inPrevious);
    expect(await layered(stage).get(inCurrent.user)).toEqual(fromCurrent ? inCurrent : undefined);
    expect(await layered(stage).get(inPrevious.user)).toEqual(fromPrevious ? inPrevious : undefined);
  });

  it("dual-write: is completed when it is read, so that servers with the previous store alone see it", async () => {
    const begun = newMapping(newUser());
    await current.insertIfAbsent(begun);
    await layered("dual-write").get(begun.user);
    expect(await previous.get(begun.user)).toEqual(begun);
  });
});

it.each(["attach", "dual-write", "read-through", "detach"] as const)(
  "%s: a removal reaches both stores",
  async (stage) => {
    const mapping = newMapping(newUser());
    await current.insertIfAbsent(mapping);
    await previous.insertIfAbsent(mapping);
    expect(await layered(stage).removeIfMatches(mapping.user, mapping.communicationUserId)).toBe(true);
    expect([current.size, previous.size]).toEqual([0, 0]);
  },
);

it.each(["store_denied", "throttled"] as const)(
  "dual-write: a mapping that reached the current store only is of unknown outcome, though the previous says %s",
  async (code) => {
    const refusal = new AcsAuthError(code, "No.", { retryAfterInMs: 1_234 });
    const refusing = Object.assign(new MemoryIdentityStore(), { insertIfAbsent: () => Promise.reject(refusal) });
    const store = new LayeredIdentityStore({ current, previous: refusing, stage: "dual-write" });
    const insertion = store.insertIfAbsent(newMapping(newUser()));
    await expect(insertion).rejects.toMatchObject({
      code: "store_unavailable",
      reason: "half_written",
      retryAfterInMs: 1_234,
      cause: refusal,
    });
  },
);

describe("no stage can be skipped: servers two steps apart give a user two mappings, or a removed one", () => {
  it.each([
    ["previous alone", "dual-write"],
    ["attach", "read-through"],
    ["dual-write", "detach"],
    ["previous alone", "current alone"],
  ] as const)("%s beside %s", async (...steps: readonly [Step, Step]) => {
    const which = fc.subarray([0, 1] as const, { minLength: 1 });
    const property = fc.asyncProperty(fc.scheduler(), fc.boolean(), which, async (scheduler, isOld, inserting) => {
      const [newStore, oldStore] = [new MemoryIdentityStore(), new MemoryIdentityStore()];
      const server = (n: 0 | 1) => serverAt(steps[n], scheduled(newStore, scheduler), scheduled(oldStore, scheduler));
      const first = newMapping(newUser());
      if (isOld) await oldStore.insertIfAbsent(first);
      else {
        await scheduler.waitFor(server(1).insertIfAbsent(first));
        await scheduler.waitFor(server(0).removeIfMatches(first.user, first.communicationUserId));
      }
      const insertions = inserting.map((n) => server(n).insertIfAbsent(newMapping(first.user)));
      const results = await scheduler.waitFor(Promise.all(insertions));
      const ids = new Set(results.map((result) => result.mapping.communicationUserId));
      return ids.size === 1 && ids.has(first.communicationUserId) === isOld;
    });
    expect((await fc.check(property, { numRuns: 300 })).failed).toBe(true);
  });
});

describe("impossible options are a TypeError that names the option", () => {
  it.each([
    ["current has no method get", { current: {} }],
    ["previous has no method get", { previous: undefined }],
    ["stage must be one of: attach, dual-write, read-through, detach", { stage: "toString" }],
  ])("%s", (message, options) => {
    const construct = () =>
      Reflect.construct(LayeredIdentityStore, [{ current, previous, stage: "dual-write", ...options }]);
    expect(construct).toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(message) }),
    );
  });

  it("current and previous must be two stores", () => {
    expect(() => new LayeredIdentityStore({ current, previous: current, stage: "dual-write" })).toThrow(TypeError);
  });
});
