import { randomInt } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { undocumented } from "../src/histories/documented-answers.js";
import type { Call } from "../src/histories/history.js";
import { perform } from "../src/histories/outcome.js";
import { UserModel } from "../src/histories/user-model.js";
import { times } from "../src/intensity.js";
import { type Fate, ScheduledWorld } from "../src/interleavings/scheduled-world.js";
import { report } from "../src/report.js";

const person = { key: { tenantId: "tenant", objectId: "object" }, teamsToken: "" };
const INSTANCES = 3;

const call: fc.Arbitrary<Call> = fc.record({
  user: fc.constant(0),
  instance: fc.nat(INSTANCES - 1),
  method: fc.constantFrom("getOrCreateUser", "issueToken, createIfMissing", "issueToken", "deleteUser", "revokeTokens"),
});
const calls = fc.array(call, { minLength: 2, maxLength: 5 });
const fate = fc.constantFrom<Fate>("fine", "fine", "fine", "fine", "before", "after");

it("keeps every invariant in whatever order remote calls take effect and their answers arrive", async () => {
  const seed = Number(process.env["FIRE_SEED"] ?? randomInt(2 ** 31));
  let tried = 0;
  const orders = fc.asyncProperty(fc.scheduler(), calls, fc.array(fate, { maxLength: 12 }), async (s, raced, fates) => {
    tried += 1;
    const world = new ScheduledWorld(s, fates);
    const services = Array.from({ length: INSTANCES }, () => world.newService());
    const model = new UserModel();
    const take = async (taken: readonly Call[]) => {
      const outcomes = taken.map((each) => perform(each, services[each.instance] ?? world.newService(), person));
      const settled = await s.waitFor(Promise.all(outcomes));
      await s.waitAll();
      const mapped = (await world.truth.get(person.key))?.communicationUserId;
      expect(model.check(settled, { mapped, live: world.live })).toEqual([]);
      expect(settled.flatMap((outcome) => undocumented(outcome, []))).toEqual([]);
    };
    await take(raced);
    await take(raced.toReversed());
    world.endFaults();
    await take([{ user: 0, instance: 0, method: "deleteUser" }]);
    await take([{ user: 0, instance: 1, method: "deleteUser" }]);
    const reported = new Set(world.orphans.map(({ communicationUserId }) => communicationUserId));
    const withoutId = world.orphans.filter(({ communicationUserId }) => communicationUserId === undefined).length;
    const lost = [...world.live].filter((id) => !reported.has(id)).length - withoutId;
    expect(lost, "identities that nobody knows of").toBeLessThanOrEqual(0);
  });
  const details = await fc.check(orders, { seed, numRuns: times(8_000, 500) });
  report({ section: "orders of events", what: "two to five calls at once", tried, lost: details.failed ? 1 : 0 });
  expect(details.failed, `${fc.defaultReportMessage(details)}\n${details.errorInstance}`).toBe(false);
});
