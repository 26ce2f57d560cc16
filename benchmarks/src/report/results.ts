import type { Growth } from "../measure/growth-process.js";
import type { InstalledSize } from "../measure/size.js";
import type { Contestant } from "../servers/contestants.js";
import type { Service } from "../upstream/upstream.js";
import type { Machine } from "./machine.js";
import type { Figure } from "./statistics.js";

/** What a contestant did in a scenario: medians over the rounds. Times are in milliseconds, per journey. */
export interface LoadFigures {
  readonly perSecond: Figure;
  readonly p50: Figure;
  readonly p97_5: Figure;
  readonly p99: Figure;
  readonly cpuInMs: Figure;
  readonly peakRssInBytes: Figure;
  readonly calls: Readonly<Record<Service, number>>;
}

export type PerContestant<T> = Partial<Readonly<Record<Contestant, T>>>;

/** Everything that was measured in one run. What `--only` left out is missing. */
export interface Results {
  readonly machine: Machine;
  readonly startedOn: string;
  readonly quick: boolean;
  readonly rounds: number;
  readonly users: number;
  readonly loads: Readonly<Record<string, PerContestant<LoadFigures>>>;
  /** Tokens verified per second of CPU, of one token and of many. */
  readonly verification?: Readonly<Record<"one" | "many", PerContestant<Figure>>>;
  /** From the start of the process to the first token. */
  readonly startInMs?: PerContestant<Figure>;
  /** By package. */
  readonly importInMs?: Readonly<Record<string, Figure>>;
  readonly size?: PerContestant<InstalledSize>;
  readonly growth?: Readonly<Record<"mappingCache" | "memoryStore" | "map", readonly Growth[]>>;
}
