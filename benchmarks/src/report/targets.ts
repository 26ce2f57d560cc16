import type { Growth } from "../measure/growth-process.js";
import type { Contestant } from "../servers/contestants.js";
import type { LoadFigures, Results } from "./results.js";

/** A promise about the figures. */
export interface Target {
  readonly name: string;
  /** Undefined where what it needs was not measured. */
  readonly measured: number | undefined;
  readonly bound: number;
  readonly better: "lower" | "higher";
  readonly format: (value: number) => string;
}

const BYTES_PER_MAPPING = 600;
/** Flat is what grows no more than a bare `Map`, whose look-ups wait for memory too; anything that searches grows a hundredfold. */
const FLAT = 1.5;

/** The targets, each against the reference or the floor of the same run. */
export function targetsOf(results: Results, reference: Contestant = "reference"): readonly Target[] {
  const load = (scenario: string, contestant: Contestant) => results.loads[scenario]?.[contestant];
  const ratio = (scenario: string, figure: RatioFigure, of: Contestant, to: Contestant = reference) =>
    divide(load(scenario, of)?.[figure].median, load(scenario, to)?.[figure].median);
  const { importInMs, startInMs, growth } = results;
  const growthOf = (holder: "mappingCache" | "memoryStore") =>
    divide(slowdown(growth?.[holder]), slowdown(growth?.map));
  return [
    atMost("remote calls per warm request", calls(load("emulator-warm", "ours")), 1, plain),
    atMost("remote calls per warm request, token reuse", calls(load("emulator-warm", "ours-reuse")), 0, plain),
    atMost("remote calls, first request of a known user", calls(load("emulator-cold", "ours")), 3, plain),
    atMost("remote calls, first join (one HTTP request)", calls(load("emulator-join", "ours")), 5, plain),
    atMost("warm p50 with delays", ratio("emulator-warm", "p50", "ours"), 1 / 7, fraction),
    atMost("warm p50 with delays, token reuse", ratio("emulator-warm", "p50", "ours-reuse"), 1 / 100, fraction),
    atMost("CPU per request", ratio("rotation", "cpuInMs", "ours"), 1 / 4, fraction),
    atLeast("requests per second without delays", ratio("rotation", "perSecond", "ours"), 4, times),
    atLeast(
      "requests per second, token reuse, of the floor's",
      ratio("rotation", "perSecond", "ours-reuse", "floor"),
      0.6,
      percent,
    ),
    atMost("peak RSS under 200 connections", ratio("200-connections", "peakRssInBytes", "ours"), 2 / 3, percent),
    atMost("bytes per cached mapping, at worst", worst(growth?.mappingCache), BYTES_PER_MAPPING, plain),
    atMost("growth of look-up time, mapping cache, of a bare Map's", growthOf("mappingCache"), FLAT, times),
    atMost("growth of look-up time, memory store, of a bare Map's", growthOf("memoryStore"), FLAT, times),
    atMost("start to first answer", divide(startInMs?.ours?.median, startInMs?.[reference]?.median), 1, times),
    atMost(
      "import of @acs-auth/core, of @azure/communication-identity's",
      divide(importInMs?.["@acs-auth/core"]?.median, importInMs?.["@azure/communication-identity"]?.median),
      1.2,
      times,
    ),
  ];
}

export function isMet({ measured, bound, better }: Target): boolean | undefined {
  if (measured === undefined) return undefined;
  return better === "lower" ? measured <= bound : measured >= bound;
}

type RatioFigure = "p50" | "cpuInMs" | "perSecond" | "peakRssInBytes";

function atMost(name: string, measured: number | undefined, bound: number, format: Target["format"]): Target {
  return { name, measured, bound, better: "lower", format };
}

function atLeast(name: string, measured: number | undefined, bound: number, format: Target["format"]): Target {
  return { name, measured, bound, better: "higher", format };
}

function calls(figures: LoadFigures | undefined): number | undefined {
  return figures && Object.values(figures.calls).reduce((sum, count) => sum + count, 0);
}

function worst(grown: readonly Growth[] | undefined): number | undefined {
  return grown && Math.max(...grown.map(({ bytesPerUser }) => bytesPerUser));
}

function slowdown(grown: readonly Growth[] | undefined): number | undefined {
  return divide(grown?.at(-1)?.lookUpInMicroseconds, grown?.[0]?.lookUpInMicroseconds);
}

function divide(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value / by;
}

const plain = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 0));
const times = (value: number) => `${value.toFixed(2)}×`;
const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
const fraction = (value: number) => `1/${(1 / value).toFixed(1)}`;
