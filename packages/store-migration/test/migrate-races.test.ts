import type { IdentityMapping, ListableIdentityStore } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { LayeredIdentityStore, migrateMappings } from "@acs-auth/store-migration";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newMapping, newUser } from "./support/mappings.js";
import { scheduled } from "./support/scheduled-store.js";

const RUNS = 200;

/** Two stores over which servers at the stage `read-through` and a migration run, in an order that the scheduler chooses. */
async function world(scheduler: fc.Scheduler) {
  const current = new MemoryIdentityStore();
  const previous = new MemoryIdentityStore();
  const mappings = Array.from({ length: 3 }, () => newMapping(newUser()));
  for (const mapping of mappings) await previous.insertIfAbsent(mapping);
  const source: ListableIdentityStore = {
    ...scheduled(previous, scheduler),
    listMappings: (options) => previous.listMappings(options),
  };
  return {
    current,
    previous,
    mappings,
    server: () =>
      new LayeredIdentityStore({
        current: scheduled(current, scheduler),
        previous: scheduled(previous, scheduler),
        stage: "read-through",
      }),
    migrate: () =>
      migrateMappings({ source, target: scheduled(current, scheduler), maxPageSize: 1, onDifference: "replace" }),
  };
}

const idIn = async (store: MemoryIdentityStore, { user }: IdentityMapping) =>
  (await store.get(user))?.communicationUserId;

describe("a migration while servers use both stores", () => {
  it("leaves in the new store what the old one has, and removed mappings in neither", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        async (scheduler, removed) => {
          const { current, previous, mappings, server, migrate } = await world(scheduler);
          const newcomer = newMapping(newUser());
          const migration = migrate();
          const work: Promise<unknown>[] = [
            server().insertIfAbsent(newcomer),
            server().insertIfAbsent(newMapping(newcomer.user)),
          ];
          for (const [n, { user, communicationUserId }] of mappings.entries()) {
            work.push(server().get(user));
            if (removed[n]) work.push(server().removeIfMatches(user, communicationUserId));
          }
          await scheduler.waitFor(Promise.all([migration, ...work]));

          for (const [n, mapping] of mappings.entries()) {
            const expected = removed[n] ? undefined : mapping.communicationUserId;
            expect([await idIn(current, mapping), await idIn(previous, mapping)]).toEqual([expected, expected]);
          }
          expect(await idIn(current, newcomer)).toBeDefined();
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("never replaces what servers have decided", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { server, migrate, mappings } = await world(scheduler);
        const [first] = mappings;
        if (!first) throw new Error("There are no mappings.");
        const reads = Array.from({ length: 4 }, () => server().get(first.user));
        await scheduler.waitFor(Promise.all([migrate(), migrate(), ...reads]));
        expect(await Promise.all(reads)).toEqual(reads.map(() => first));
      }),
      { numRuns: RUNS },
    );
  });
});
