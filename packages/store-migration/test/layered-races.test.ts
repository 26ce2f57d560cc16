import type { IdentityMapping } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newMapping, newUser } from "./support/mappings.js";
import { scheduled } from "./support/scheduled-store.js";
import { isAfterMigration, NEIGHBOURS, type Step, serverAt } from "./support/servers.js";

const RUNS = 300;

/** Two memory stores, and servers of two steps over them whose calls run in an order that the scheduler chooses. */
function world(scheduler: fc.Scheduler, steps: readonly [Step, Step]) {
  const current = new MemoryIdentityStore();
  const previous = new MemoryIdentityStore();
  return {
    current,
    previous,
    server: (n: number, callsToLive = Number.POSITIVE_INFINITY) => {
      const life = { callsToLive };
      const step = steps[n % 2] ?? steps[0];
      return serverAt(step, scheduled(current, scheduler, life), scheduled(previous, scheduler, life));
    },
    /** What servers of both steps say afterwards, undisturbed. */
    readings: (user: IdentityMapping["user"]) =>
      Promise.all(steps.map(async (step) => (await serverAt(step, current, previous).get(user))?.communicationUserId)),
    async seed(mapping: IdentityMapping) {
      if (steps[0] !== "current alone") await previous.insertIfAbsent(mapping);
      if (isAfterMigration(steps[1])) await current.insertIfAbsent(mapping);
    },
  };
}

const idOf = ({ communicationUserId }: IdentityMapping) => communicationUserId;

describe.each(NEIGHBOURS)("servers at %s beside servers at %s", (...steps) => {
  it("give a user one mapping, whichever server is first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, count) => {
        const { server, readings } = world(scheduler, steps);
        const user = newUser();
        const candidates = Array.from({ length: count }, () => newMapping(user));
        const insertions = candidates.map((candidate, n) => server(n).insertIfAbsent(candidate));
        const results = await scheduler.waitFor(Promise.all(insertions));

        const [id, ...others] = new Set(results.map(({ mapping }) => idOf(mapping)));
        expect(others).toEqual([]);
        expect(candidates.filter((_, n) => results[n]?.inserted).map(idOf)).toEqual([id]);
        expect(await readings(user)).toEqual([id, id]);
      }),
      { numRuns: RUNS },
    );
  });

  it("keep the mapping that a user has", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { server, readings, seed } = world(scheduler, steps);
        const existing = newMapping(newUser());
        await seed(existing);
        const insertions = [0, 1].map((n) => server(n).insertIfAbsent(newMapping(existing.user)));
        const results = await scheduler.waitFor(Promise.all(insertions));

        expect(results).toEqual([0, 1].map(() => ({ inserted: false, mapping: existing })));
        expect(await readings(existing.user)).toEqual([idOf(existing), idOf(existing)]);
      }),
      { numRuns: RUNS },
    );
  });

  it("never show a reader a mapping that does not last", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { server, readings } = world(scheduler, steps);
        const user = newUser();
        const insertions = [0, 1].map((n) => server(n).insertIfAbsent(newMapping(user)));
        const reads = [0, 1, 0, 1].map((n) => server(n).get(user));
        await scheduler.waitFor(Promise.all(insertions));
        const seen = (await scheduler.waitFor(Promise.all(reads))).flatMap((mapping) =>
          mapping ? [idOf(mapping)] : [],
        );

        const [id] = await readings(user);
        expect(seen.filter((read) => read !== id)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("remove a mapping from both stores, and at least one of several callers is told so", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { server, readings, seed } = world(scheduler, steps);
        const mapping = newMapping(newUser());
        await seed(mapping);
        const removals = [0, 1, 0].map((n) => server(n).removeIfMatches(mapping.user, idOf(mapping)));
        const results = await scheduler.waitFor(Promise.all(removals));

        expect(results).toContain(true);
        expect(await readings(mapping.user)).toEqual([undefined, undefined]);
      }),
      { numRuns: RUNS },
    );
  });

  it("never bring back a mapping that was removed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, insertAgain) => {
        const { server, readings, seed } = world(scheduler, steps);
        const mapping = newMapping(newUser());
        await seed(mapping);
        const next = newMapping(mapping.user);
        const insertion = insertAgain ? server(1).insertIfAbsent(next) : undefined;
        const others = [server(0).get(mapping.user), server(1).get(mapping.user), insertion];
        const removals = [0, 1].map((n) => server(n).removeIfMatches(mapping.user, idOf(mapping)));
        await scheduler.waitFor(Promise.all([...removals, ...others]));

        const expected = (await insertion)?.inserted ? idOf(next) : undefined;
        expect(await readings(mapping.user)).toEqual([expected, expected]);
      }),
      { numRuns: RUNS },
    );
  });

  it("agree after one of them was killed anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 10 }), fc.nat({ max: 1 }), async (scheduler, turns, victim) => {
        const { server, readings } = world(scheduler, steps);
        const user = newUser();
        void server(victim, turns).insertIfAbsent(newMapping(user));
        const live = [0, 1].map((n) => server(n).insertIfAbsent(newMapping(user)));
        const results = await scheduler.waitFor(Promise.all(live));
        await scheduler.waitIdle();

        const [id, ...others] = new Set(results.map(({ mapping }) => idOf(mapping)));
        expect(others).toEqual([]);
        expect(await readings(user)).toEqual([id, id]);
      }),
      { numRuns: RUNS },
    );
  });

  it("never bring back a mapping that was removed while it was inserted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 1 }), fc.nat({ max: 1 }), async (scheduler, first, second) => {
        const { server, readings } = world(scheduler, steps);
        const user = newUser();
        const insertions = [first, second].map((n) => server(n).insertIfAbsent(newMapping(user)));
        const removals = [0, 1, 0, 1].map(async (n) => {
          const found = await server(n).get(user);
          return found && (await server(n).removeIfMatches(user, idOf(found))) ? idOf(found) : undefined;
        });
        const removed = await scheduler.waitFor(Promise.all(removals));
        await scheduler.waitFor(Promise.all(insertions));

        const [one, other] = await readings(user);
        expect(one).toBe(other);
        expect(removed.filter((id) => id !== undefined)).not.toContain(one);
      }),
      { numRuns: RUNS },
    );
  });

  it("finish a removal in which one of them was killed anywhere", async () => {
    const either = fc.nat({ max: 1 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat({ max: 4 }), either, either, async (scheduler, turns, victim, next) => {
        const { server, readings, seed } = world(scheduler, steps);
        const mapping = newMapping(newUser());
        await seed(mapping);
        void server(victim, turns).removeIfMatches(mapping.user, idOf(mapping));
        await scheduler.waitIdle();
        const left = await scheduler.waitFor(server(next).get(mapping.user));
        if (left) await scheduler.waitFor(server(next).removeIfMatches(mapping.user, idOf(left)));

        expect(await readings(mapping.user)).toEqual([undefined, undefined]);
      }),
      { numRuns: RUNS },
    );
  });
});
