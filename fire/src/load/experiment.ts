import { setTimeout as delay } from "node:timers/promises";
import type { AcsAuthHandler } from "@acs-auth/http";
import type { RemoteFault } from "../faults.js";
import { times } from "../intensity.js";
import { type Answer, ask, type Client, Load, type Step } from "./load.js";
import { type LoadUser, REMOTE_SERVICES, type RemoteService, type WorldUnderLoad } from "./world.js";

/** Users who have their identity and come back for tokens. */
const RESIDENT_STEPS: readonly Step[] = ["GET /api/token", "GET /api/user"];

/** Users who sign in anew, create their identity, use it and delete it. */
const NEWCOMER_STEPS: readonly Step[] = ["POST /api/user", "GET /api/token", "DELETE /api/user"];

/** The same in another phase, as not all newcomers do the same at the same time. */
const LATE_NEWCOMER_STEPS: readonly Step[] = ["DELETE /api/user", "POST /api/user", "GET /api/token"];

/** What residents need a service for: their signing keys, Graph tokens and mappings are cached. */
const RESIDENTS_NEED: Readonly<Record<RemoteService, readonly Step[]>> = {
  keys: [],
  tokens: [],
  graph: ["GET /api/user"],
  cosmos: ["GET /api/user"],
  acs: ["GET /api/token"],
};

/** How many residents settle at once. */
const SETTLING_AT_ONCE = 10;

/** The fault lasts until it has been felt so often. */
const ENOUGH_REFUSALS = 5;

/** How long the load runs before the fault, at least. */
const CALM_IN_MS = times(2_000, 700);

/** What a fault under load came to. */
export interface Observation {
  /** Requests of residents that do not need the struck service and were under way while it was. */
  readonly unaffected: readonly Answer[];
  /** All other requests that were under way while the service was struck. */
  readonly affected: readonly Answer[];
  readonly sent: number;
  readonly answered: number;
  /** Requests that the struck service received in that time. */
  readonly calls: number;
  /** Requests to each remote service for each request of a client, before and during the fault. */
  readonly usualCalls: CallsPerRequest;
  readonly callsDuringFault: CallsPerRequest;
  /** From the end of the fault until the last failed answer. */
  readonly recoveryInMs: number;
  readonly slowestInMs: number;
}

export type CallsPerRequest = Readonly<Record<RemoteService, number>>;

export interface Experiment {
  readonly world: WorldUnderLoad;
  readonly clients: readonly Client[];
  readonly struck: RemoteService;
  readonly fault: RemoteFault;
  /** How long the fault lasts, at least. */
  readonly durationInMs: number;
}

/** Four of five users are residents, who have been here before. */
export async function clientsOf({ users, handler }: WorldUnderLoad): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (let begin = 0; begin < users.length; begin += SETTLING_AT_ONCE) {
    const group = users.slice(begin, begin + SETTLING_AT_ONCE);
    clients.push(...(await Promise.all(group.map((user, index) => settle(user, begin + index, handler)))));
  }
  return clients;
}

async function settle(user: LoadUser, index: number, handler: AcsAuthHandler): Promise<Client> {
  const isEven = index % 2 === 0;
  if (index % 5 === 0) return { user, steps: isEven ? NEWCOMER_STEPS : LATE_NEWCOMER_STEPS, token: undefined };
  const token = await user.newToken();
  for (const step of ["POST /api/user", "GET /api/token"] as const) {
    const { status } = await ask(handler, step, token);
    if (status !== 201) throw new Error(`A resident's first ${step} was answered with status ${status}.`);
  }
  return { user, steps: isEven ? RESIDENT_STEPS : [...RESIDENT_STEPS].reverse(), token };
}

/** Deletes the identities of all newcomers. */
export async function sendNewcomersAway(clients: readonly Client[], handler: AcsAuthHandler): Promise<void> {
  for (const { user, token } of clients) {
    if (token !== undefined) continue;
    const { status } = await ask(handler, "DELETE /api/user", await user.newToken());
    if (status !== 204) throw new Error(`A newcomer's deletion was answered with status ${status}.`);
  }
}

export async function runExperiment({ world, clients, struck, fault, durationInMs }: Experiment): Promise<Observation> {
  const load = new Load(world.handler, clients);
  const countedBefore = count(world);
  const begin = performance.now();
  await delay(CALM_IN_MS);
  await load.untilAllSucceed(begin);

  const countedAtFault = count(world);
  const faultBegin = performance.now();
  const endFault = world.strike(struck, fault);
  try {
    await delay(durationInMs);
    if (struck !== "keys") await load.untilRefused(ENOUGH_REFUSALS, faultBegin);
  } finally {
    endFault();
  }
  const faultEnd = performance.now();
  const countedAfterFault = count(world);

  await load.untilAllSucceed(faultEnd);
  await load.stop();

  const { answers, sent } = load;
  const during = answers.filter(({ startedAt, endedAt }) => startedAt < faultEnd && endedAt > faultBegin);
  const before = answers.filter(({ startedAt }) => startedAt < faultBegin);
  const isUnaffected = ({ client, step }: Answer) =>
    client.token !== undefined && !RESIDENTS_NEED[struck].includes(step);
  const failedLast = answers.filter(({ status }) => status >= 400).map(({ endedAt }) => endedAt);
  return {
    unaffected: during.filter(isUnaffected),
    affected: during.filter((answer) => !isUnaffected(answer)),
    sent,
    answered: answers.length,
    calls: countedAfterFault[struck] - countedAtFault[struck],
    usualCalls: perRequest(countedBefore, countedAtFault, before.length),
    callsDuringFault: perRequest(countedAtFault, countedAfterFault, during.length),
    recoveryInMs: Math.max(0, ...failedLast.map((endedAt) => endedAt - faultEnd)),
    slowestInMs: Math.max(...answers.map(({ startedAt, endedAt }) => endedAt - startedAt)),
  };
}

function count(world: WorldUnderLoad): CallsPerRequest {
  const { calls } = world;
  return {
    keys: calls("keys"),
    tokens: calls("tokens"),
    graph: calls("graph"),
    cosmos: calls("cosmos"),
    acs: calls("acs"),
  };
}

function perRequest(from: CallsPerRequest, to: CallsPerRequest, requests: number): CallsPerRequest {
  const ratio = (service: RemoteService) => (to[service] - from[service]) / requests;
  const [keys, tokens, graph, cosmos, acs] = REMOTE_SERVICES.map(ratio);
  return { keys: keys ?? 0, tokens: tokens ?? 0, graph: graph ?? 0, cosmos: cosmos ?? 0, acs: acs ?? 0 };
}
