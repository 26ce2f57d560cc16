import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isShort, times } from "../src/intensity.js";
import { clientsOf, runExperiment, sendNewcomersAway } from "../src/load/experiment.js";
import type { Client } from "../src/load/load.js";
import { refusals, violations } from "../src/load/verdict.js";
import { startWorld, type WorldUnderLoad } from "../src/load/world.js";
import { report } from "../src/report.js";

const USERS = times(200, 60);
const durationInMs = times(2_500, 700);

/** No `Retry-After`, one that a call can wait for, and one that it cannot. */
const RETRY_AFTER = isShort ? [30] : [undefined, 1, 30];

describe.each([
  ["cosmos", ["acs", "cosmos", ...(isShort ? [] : (["keys"] as const))]],
  ["graph", ["graph", "tokens"]],
] as const)(`${USERS} users of a throttled server over %s`, (kind, services) => {
  let world: WorldUnderLoad;
  let clients: readonly Client[];
  beforeAll(async () => {
    world = await startWorld(kind, USERS);
    clients = await clientsOf(world);
  });
  afterAll(() => world.close());

  const experiments = services.flatMap((struck) => RETRY_AFTER.map((retryAfter) => ({ struck, retryAfter })));

  it.each(experiments)(
    "do not storm $struck, which asks for a pause of $retryAfter s",
    async ({ struck, retryAfter }) => {
      const fault = { status: 429, ...(retryAfter === undefined ? {} : { retryAfterInSeconds: retryAfter }) };
      const seen = await runExperiment({ world, clients, struck, fault, durationInMs });
      const wrong = violations(struck, seen, ["throttled"]);
      expect(wrong).toEqual([]);
      const told = seen.affected.filter(({ code }) => code === "throttled").map((answer) => answer.retryAfter);
      expect([...new Set(told)]).toEqual(struck === "keys" ? [] : [retryAfter?.toString()]);
      const requests = seen.affected.length + seen.unaffected.length;
      if (retryAfter === 30) expect(seen.calls).toBeLessThanOrEqual(requests);
      report({
        section: "throttling",
        what: `${struck} answers 429, Retry-After ${retryAfter ?? "absent"}, server over ${kind}`,
        tried: seen.sent,
        lost: wrong.length,
        figures: { refused: refusals(seen), calls: seen.calls, "recovery ms": Math.round(seen.recoveryInMs) },
      });
    },
  );

  it("leave no identity behind", async () => {
    await sendNewcomersAway(clients, world.handler);
    const residents = clients.filter(({ token }) => token !== undefined).length;
    expect(await world.books()).toMatchObject({ mapped: residents, dead: 0, unnamed: 0, lostReplies: 0 });
  });
});
