import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isShort, times } from "../src/intensity.js";
import { clientsOf, runExperiment, sendNewcomersAway } from "../src/load/experiment.js";
import { ask, type Client } from "../src/load/load.js";
import { refusals, violations } from "../src/load/verdict.js";
import { type RemoteService, startWorld, type WorldUnderLoad } from "../src/load/world.js";
import { report } from "../src/report.js";

const USERS = times(200, 60);
const durationInMs = times(2_500, 700);

const DOWN = { connection: "reset" } as const;
const LOSING_REPLIES = { connection: "reset", stage: "after" } as const;
/** Longer than any call may take. */
const SLOW = { delayInMs: 6_000 } as const;

/** What callers are told of a service that is down. A slow one runs into the time budget of the call. */
const CODES: Readonly<Record<RemoteService, string>> = {
  keys: "key_server_unavailable",
  tokens: "provider_unavailable",
  graph: "store_unavailable",
  cosmos: "store_unavailable",
  acs: "acs_unavailable",
};

describe.each([
  ["cosmos", ["acs", "cosmos", "keys"]],
  ["graph", ["graph", "tokens"]],
] as const)(`${USERS} users of a server over %s`, (kind, services) => {
  let world: WorldUnderLoad;
  let clients: readonly Client[];
  beforeAll(async () => {
    world = await startWorld(kind, USERS);
    clients = await clientsOf(world);
  });
  afterAll(() => world.close());

  const experiments = services.flatMap((struck) => [
    { struck, state: "down", fault: DOWN, codes: [CODES[struck]] },
    ...(struck === "acs"
      ? [{ struck, state: "cut off after acting", fault: LOSING_REPLIES, codes: [CODES[struck]] }]
      : []),
    ...(isShort ? [] : [{ struck, state: "slow", fault: SLOW, codes: [CODES[struck], "timeout"] }]),
  ]);

  it.each(experiments)("$struck being $state hurts only those who need it, and passes", async (experiment) => {
    const { struck, state, fault, codes } = experiment;
    const seen = await runExperiment({ world, clients, struck, fault, durationInMs });
    const wrong = violations(struck, seen, codes);
    expect(wrong).toEqual([]);
    report({
      section: "outages",
      what: `${struck} ${state}, server over ${kind}`,
      tried: seen.sent,
      lost: wrong.length,
      figures: { refused: refusals(seen), calls: seen.calls, "recovery ms": Math.round(seen.recoveryInMs) },
    });
  });

  it("all have one identity in the end, and none is left unreported", async () => {
    await delay(isShort ? 0 : SLOW.delayInMs);
    await sendNewcomersAway(clients, world.handler);
    const books = await world.books();
    expect(books).toMatchObject({ mapped: clients.filter(({ token }) => token !== undefined).length, dead: 0 });
    expect(books.unnamed).toBeLessThanOrEqual(books.lostReplies);
    report({
      section: "outages",
      what: `identities of the server over ${kind}`,
      tried: USERS,
      lost: 0,
      figures: { ...books },
    });
  });
});

describe("a server that has no signing keys yet", () => {
  it("answers every caller while the key server is down, asks it once a second, and goes on as soon as it is back", async () => {
    const world = await startWorld("cosmos", USERS);
    const handler = world.newHandler();
    const tokens = await Promise.all(world.users.map(({ newToken }) => newToken()));
    const everybody = () => Promise.all(tokens.map((token) => ask(handler, "POST /api/user", token)));
    const rounds = times(20, 5);

    const endFault = world.strike("keys", DOWN);
    const begin = performance.now();
    for (let round = 0; round < rounds; round++) {
      for (const { status, headers } of await everybody()) {
        expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
      }
      await delay(100);
    }
    const allowed = 1 + Math.ceil((performance.now() - begin) / 1_000);
    expect(world.calls("keys")).toBeLessThanOrEqual(allowed);
    expect(world.calls("acs") + world.calls("cosmos")).toBe(0);

    endFault();
    await delay(1_000);
    for (const { status } of await everybody()) expect(status).toBe(201);
    const figures = { "key server calls": world.calls("keys") };
    report({ section: "outages", what: "keys down, cold server", tried: rounds * USERS, lost: 0, figures });
    await world.close();
  });
});
