import { setTimeout as delay } from "node:timers/promises";
import {
  AcsAuthError,
  AcsAuthService,
  createIdentityClient,
  EntraTokenVerifier,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import { createAcsAuthHandler } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isShort, times } from "../src/intensity.js";
import { type Caller, type Part, SERVICE_CALLS, type ServiceCall } from "../src/load/calls.js";
import { ask } from "../src/load/load.js";
import { type LoadUser, type RemoteService, startWorld, type WorldUnderLoad } from "../src/load/world.js";
import { report } from "../src/report.js";

const BUDGET_IN_MS = 1_000;
/** Generous, as other work may be going on on the machine; a request's own time limit is 5 s. */
const SLACK_IN_MS = 2_500;
const ROUNDS = times(5, 1);

/** Of each remote step. A request may outlive the call that it was sent for, and be repeated in the next round. */
const MAX_ATTEMPTS = 3;

const worlds = new Map<string, WorldUnderLoad>();
beforeAll(async () => {
  for (const kind of ["cosmos", "graph"] as const) worlds.set(kind, await startWorld(kind, SERVICE_CALLS.length));
});
afterAll(() => Promise.all([...worlds.values()].map((world) => world.close())));

function worldOf(kind: "cosmos" | "graph"): WorldUnderLoad {
  const world = worlds.get(kind);
  if (!world) throw new Error("The worlds are started by the test runner.");
  return world;
}

function newService({ emulator }: WorldUnderLoad, store: IdentityStore, timeoutInMs?: number): AcsAuthService {
  const { clientId } = emulator.fixtures.applications.client;
  return new AcsAuthService({
    identityClient: createIdentityClient(emulator.communication.connectionString),
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId, authorityHost: emulator.entra.url }),
    store,
    ...(timeoutInMs === undefined ? {} : { timeoutInMs }),
  });
}

interface Pair {
  readonly call: ServiceCall;
  readonly caller: Caller;
}

/** A caller for each call, with or without an identity as the call wants it, and with tokens that nobody has seen. */
async function callersIn(world: WorldUnderLoad): Promise<readonly Pair[]> {
  const service = newService(world, world.store);
  const newCaller = async ({ name, key, newToken }: LoadUser): Promise<Caller> => {
    const teamsUserAadToken = await world.emulator.mintToken({ user: name, audience: "teams" });
    return { ...key, accessToken: await newToken(), teamsUserAadToken };
  };
  return Promise.all(
    SERVICE_CALLS.map(async (call, index): Promise<Pair> => {
      const user = world.users[index];
      if (!user) throw new Error("There are too few users.");
      const caller = await newCaller(user);
      await (call.isMapped ? service.getOrCreateUser(caller) : service.deleteUser(caller));
      return { call, caller: await newCaller(user) };
    }),
  );
}

interface Outcome {
  /** Undefined for a success. */
  readonly code: string | undefined;
  readonly durationInMs: number;
}

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  const begin = performance.now();
  const code = await run().then(
    () => undefined,
    (error: unknown) => (AcsAuthError.is(error) ? error.code : String(error)),
  );
  return { code, durationInMs: performance.now() - begin };
}

describe.each<[struck: RemoteService, part: Part, kind: "cosmos" | "graph"]>([
  ["acs", "acs", "cosmos"],
  ["keys", "keys", "cosmos"],
  ["cosmos", "store", "cosmos"],
  ["graph", "store", "graph"],
  ["tokens", "store", "graph"],
])("while %s never answers", (struck, part, kind) => {
  it.each([
    { end: "the time budget", code: "timeout", timeoutInMs: BUDGET_IN_MS },
    { end: "the caller's abort", code: "aborted", timeoutInMs: 15_000 },
  ])("$end ends every call that needs it, nothing storms, and all others succeed", async ({ code, timeoutInMs }) => {
    const world = worldOf(kind);
    for (let round = 0; round < ROUNDS; round++) {
      const pairs = await callersIn(world);
      const needy = pairs.filter(({ call }) => call.needs.includes(part));
      const others = pairs.filter(({ call }) => !call.needs.includes(part));
      const service = newService(world, world.store, timeoutInMs);
      const abort = new AbortController();
      const before = world.calls(struck);
      const endFault = world.strike(struck, { connection: "hang" });
      const run = ({ call, caller }: Pair, abortSignal: AbortSignal) =>
        outcomeOf(() => call.run(service, caller, { abortSignal }));
      try {
        const patient = newService(world, world.store);
        const spared = Promise.all(
          others.map(({ call, caller }) => call.run(patient, caller, { abortSignal: new AbortController().signal })),
        );
        const ended = Promise.all(needy.map((pair) => run(pair, abort.signal)));
        let beganToWaitAt = performance.now();
        if (code === "aborted") {
          await vi.waitFor(() => expect(world.calls(struck)).toBeGreaterThan(before), SLACK_IN_MS);
          beganToWaitAt = performance.now();
          abort.abort();
        }
        expect((await ended).map((outcome) => outcome.code)).toEqual(needy.map(() => code));
        const allowedInMs = code === "aborted" ? 0 : timeoutInMs;
        expect(performance.now() - beganToWaitAt).toBeLessThan(allowedInMs + SLACK_IN_MS);
        await spared;
        await delay(300);
        expect(world.calls(struck) - before).toBeLessThanOrEqual(MAX_ATTEMPTS * needy.length);
      } finally {
        endFault();
      }
    }
    const what = `every method while ${struck} hangs, ended by ${code}`;
    report({ section: "deadlines", what, tried: ROUNDS * SERVICE_CALLS.length, lost: 0 });
  });
});

describe("a store that never answers and hears no signal", () => {
  it.each([
    ["get", "timeout"],
    ["insertIfAbsent", "mapping_outcome_unknown"],
    ["removeIfMatches", "timeout"],
  ] as const)("%s: every call that needs it ends within the time budget", async (method, code) => {
    const world = worldOf("cosmos");
    const store = new MemoryIdentityStore();
    const service = newService(world, store, BUDGET_IN_MS);
    const [user] = world.users;
    if (!user) throw new Error("There is no user.");
    if (method === "removeIfMatches") await service.getOrCreateUser(user.key);
    store[method] = () => new Promise<never>(() => {});
    const call = () =>
      method === "removeIfMatches" ? service.deleteUser(user.key) : service.getOrCreateUser(user.key);
    const outcome = await outcomeOf(call);
    expect(outcome.code).toBe(code);
    expect(outcome.durationInMs).toBeLessThan(BUDGET_IN_MS + SLACK_IN_MS);
  });

  it.skipIf(isShort)("ends a call after 15 seconds where nothing else was asked for", async () => {
    const store = new MemoryIdentityStore();
    store.get = () => new Promise<never>(() => {});
    const service = newService(worldOf("cosmos"), store);
    const outcome = await outcomeOf(() => service.getUser({ tenantId: "tenant", objectId: "object" }));
    expect(outcome.code).toBe("timeout");
    expect(outcome.durationInMs).toBeGreaterThan(14_500);
    expect(outcome.durationInMs).toBeLessThan(15_000 + SLACK_IN_MS);
  });
});

describe("a server without signing keys", () => {
  it("answers every request within the time for fetching keys, having asked once, while the key server never answers", async () => {
    const { emulator, store, users, strike, calls } = worldOf("cosmos");
    const { clientId } = emulator.fixtures.applications.api;
    const keys = { timeoutInMs: BUDGET_IN_MS };
    const handler = createAcsAuthHandler({
      service: newService(worldOf("cosmos"), store),
      verifier: new EntraTokenVerifier({
        clientId,
        tenantId: emulator.fixtures.tenants.home.id,
        authorityHost: emulator.entra.url,
        keys,
      }),
    });
    const tokens = await Promise.all(users.map(({ newToken }) => newToken()));
    const before = calls("keys");
    const endFault = strike("keys", { connection: "hang" });
    const begin = performance.now();
    for (const { status, headers } of await Promise.all(tokens.map((token) => ask(handler, "GET /api/user", token)))) {
      expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
    }
    expect(performance.now() - begin).toBeLessThan(BUDGET_IN_MS + SLACK_IN_MS);
    expect(calls("keys") - before).toBe(1);
    endFault();
    report({ section: "deadlines", what: "requests while the key server hangs, cold", tried: tokens.length, lost: 0 });
  });
});
