import { setTimeout as delay } from "node:timers/promises";
import type { Load, LoadOperations } from "../load/load.js";
import type { RemoteProcess } from "../processes/remote-process.js";
import { type Contestant, type Server, startServer } from "../servers/contestants.js";
import { type BenchUser, NO_DELAYS, SAMPLE_DELAYS, type Settings, type Upstream } from "../upstream/upstream.js";
import { type Intensity, WARM_UP_USERS } from "./intensity.js";
import { type Measurement, measureOnce, measureRepeating, type Stage, settle } from "./measurement.js";
import { type LoadKind, type LoadScenario, stepsOf, takesPart } from "./scenarios.js";

/** How often one user comes for each of the others who come once, on one connection. */
const REPETITIONS = 3;

/** An upstream with its users: first those who stay, then those who join, then those who warm servers up. */
export interface Surroundings {
  readonly upstream: Upstream;
  readonly settings: Settings;
  readonly caFile: string;
  readonly load: RemoteProcess<LoadOperations>;
  readonly residents: readonly BenchUser[];
  readonly newcomers: readonly BenchUser[];
  readonly warmers: readonly BenchUser[];
  /** Forgets the mappings of newcomers and warmers; the emulator, those of the residents too. */
  readonly forget: () => Promise<void>;
  /** Families of contestants whose residents have their mappings. */
  readonly seeded: Set<string>;
}

export type Record = (scenario: LoadScenario, measurement: Measurement) => void;

/** Puts one contestant through scenarios that share an upstream and its delays. */
export async function runSession(
  contestant: Contestant,
  scenarios: readonly LoadScenario[],
  surroundings: Surroundings,
  intensity: Intensity,
  record: Record,
): Promise<void> {
  const own = scenarios.filter((scenario) => takesPart(contestant, scenario));
  const [first] = own;
  if (!first) return;
  const session = new Session(contestant, first.delays, surroundings, intensity);
  await surroundings.forget();
  await session.withServer((stage) => session.seed(stage));
  await session.withServer(async (stage) => {
    await session.warmUp(stage);
    await session.delayed(async () => {
      for (const scenario of own) {
        const load = session.load(stage, scenario);
        const isSequence = scenario.kind === "cold" || scenario.kind === "join" || scenario.connections === 1;
        record(scenario, isSequence ? await measureOnce(stage, load) : await measureRepeating(stage, load, intensity));
      }
    });
  });
}

/** Gives the residents their mappings, with a contestant of each family. */
export async function seed(contestant: Contestant, surroundings: Surroundings, intensity: Intensity): Promise<void> {
  const session = new Session(contestant, false, surroundings, intensity);
  await session.withServer((stage) => session.seed(stage));
}

class Session {
  readonly #contestant: Contestant;
  readonly #delays: boolean;
  readonly #surroundings: Surroundings;
  readonly #intensity: Intensity;

  constructor(contestant: Contestant, delays: boolean, surroundings: Surroundings, intensity: Intensity) {
    this.#contestant = contestant;
    this.#delays = delays;
    this.#surroundings = surroundings;
    this.#intensity = intensity;
  }

  /** In a fresh process. */
  async withServer(run: (stage: Stage) => Promise<void>): Promise<void> {
    const { upstream, load, settings, caFile } = this.#surroundings;
    const server = await startServer(this.#contestant, settings, caFile);
    try {
      await run({ server, upstream, load });
    } finally {
      await server.stop();
    }
  }

  async delayed<T>(run: () => Promise<T>): Promise<T> {
    const { upstream } = this.#surroundings;
    await upstream.call("setDelays", this.#delays ? SAMPLE_DELAYS : NO_DELAYS);
    try {
      return await run();
    } finally {
      await upstream.call("setDelays", NO_DELAYS);
    }
  }

  /** Contestants of one family read each other's mappings. */
  async seed({ server, load }: Stage): Promise<void> {
    const { seeded, residents } = this.#surroundings;
    const family = this.#contestant.split("-", 1)[0] ?? "";
    if (this.#contestant === "floor" || seeded.has(family)) return;
    await load.call("once", this.#plan(server, "join", residents));
    seeded.add(family);
  }

  /** Users of their own join and come back until the server's code is compiled and its connections are open. */
  async warmUp(stage: Stage): Promise<void> {
    const { server, load } = stage;
    const { warmers } = this.#surroundings;
    if (this.#contestant !== "floor") {
      await load.call("once", this.#plan(server, "join", warmers));
      await load.call("once", this.#plan(server, "teams", warmers));
    }
    await load.call("begin", this.#plan(server, "warm", warmers));
    await delay(this.#intensity.compiledInMs);
    await load.call("end");
    await settle(stage);
  }

  load({ server }: Stage, { kind, users, connections }: LoadScenario): Load {
    const { residents, newcomers } = this.#surroundings;
    const steps = stepsOf(this.#contestant, kind);
    if (users === "one") {
      const one = residents.slice(0, 1);
      const times = connections === 1 ? REPETITIONS * residents.length : 1;
      return { url: server.url, connections, steps, users: Array.from({ length: times }, () => one).flat() };
    }
    return { url: server.url, connections, steps, users: kind === "join" ? newcomers : residents };
  }

  #plan(server: Server, kind: LoadKind, users: readonly BenchUser[]): Load {
    const connections = Math.min(users.length, WARM_UP_USERS);
    return { url: server.url, connections, users, steps: stepsOf(this.#contestant, kind) };
  }
}
