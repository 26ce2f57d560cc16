import { LOAD_SCENARIOS } from "../run/scenarios.js";
import { CONTESTANT_NAMES, CONTESTANTS, type Contestant } from "../servers/contestants.js";
import type { LoadFigures, PerContestant, Results } from "./results.js";
import type { Figure } from "./statistics.js";
import { table } from "./table.js";
import { isMet, type Target, targetsOf } from "./targets.js";

const LOAD_HEADER = ["", "per second", "p50 ms", "p97.5", "p99", "CPU ms", "peak RSS MB", "calls", "Entra/Graph/ACS"];

/** The whole report as text. */
export function formatResults(results: Results): string {
  const { machine, rounds } = results;
  const { processor, cores, memoryInGb, system, node } = machine;
  return [
    `${processor}, ${cores} cores, ${memoryInGb} GB, ${system}, Node ${node}; medians of ${rounds} rounds, ± half their range.`,
    CONTESTANT_NAMES.map((name) => `${name}: ${CONTESTANTS[name].title}`).join("\n"),
    ...LOAD_SCENARIOS.flatMap(({ id, title, delays }) => {
      const figures = results.loads[id];
      if (!figures) return [];
      return [`${id}: ${title}, ${delays ? "with delays" : "no delays"}\n${table(LOAD_HEADER, loadRows(figures))}`];
    }),
    ...otherTables(results),
    `Targets, against the reference of this run\n${targetTable(targetsOf(results))}`,
    `The same against the reference on a host that today's MSAL knows (no targets)\n${targetTable(
      targetsOf(results, "reference-known-host"),
    )}`,
  ].join("\n\n");
}

function loadRows(figures: PerContestant<LoadFigures>): string[][] {
  return entries(figures).map(([contestant, load]) => {
    const { entra, graph, communication } = load.calls;
    return [
      contestant,
      withSpread(load.perSecond, 0),
      withSpread(load.p50, 1),
      load.p97_5.median.toFixed(1),
      load.p99.median.toFixed(1),
      withSpread(load.cpuInMs, 2),
      (load.peakRssInBytes.median / 2 ** 20).toFixed(0),
      count(entra + graph + communication),
      [entra, graph, communication].map(count).join(" / "),
    ];
  });
}

const HOLDERS = [
  ["mappingCache", "The service's mapping cache"],
  ["memoryStore", "MemoryIdentityStore"],
  ["map", "A bare Map"],
] as const;

function otherTables({ verification, startInMs, importInMs, size, growth }: Results): string[] {
  const texts: string[] = [];
  if (verification) {
    const rows = entries(verification.one).map(([contestant, one]) => {
      const many = verification.many[contestant];
      return [contestant, withSpread(one, 0), many ? withSpread(many, 0) : ""];
    });
    texts.push(`Tokens verified per second of CPU\n${table(["", "always the same", "each user's in turn"], rows)}`);
  }
  if (startInMs) {
    const rows = entries(startInMs).map(([contestant, figure]) => [contestant, withSpread(figure, 0)]);
    texts.push(`From the start of the process to a known user's first token\n${table(["", "ms"], rows)}`);
  }
  if (importInMs) {
    const rows = Object.entries(importInMs).map(([name, figure]) => [name, withSpread(figure, 0)]);
    texts.push(`Import in a fresh process\n${table(["", "ms"], rows)}`);
  }
  if (size) {
    const rows = entries(size).map(([name, { packages, bytes }]) => [name, (bytes / 1e6).toFixed(1), String(packages)]);
    texts.push(`Installed for production\n${table(["", "MB", "packages"], rows)}`);
  }
  for (const [holder, title] of HOLDERS) {
    const grown = growth?.[holder];
    if (!grown) continue;
    const rows = grown.map(({ users, bytesPerUser, lookUpInMicroseconds }) => [
      String(users),
      bytesPerUser.toFixed(0),
      lookUpInMicroseconds.toFixed(2),
    ]);
    texts.push(`${title}\n${table(["users held", "bytes per user", "µs per look-up"], rows)}`);
  }
  return texts;
}

/** Which targets are met. */
export function targetTable(targets: readonly Target[]): string {
  const rows = targets.map((target) => {
    const { name, measured, bound, better, format } = target;
    const met = isMet(target);
    return [
      name,
      measured === undefined ? "–" : format(measured),
      `${better === "lower" ? "≤" : "≥"} ${format(bound)}`,
      met === undefined ? "not measured" : met ? "met" : "MISSED",
    ];
  });
  return table(["", "measured", "target", ""], rows);
}

function entries<T>(values: PerContestant<T>): [Contestant, T][] {
  return CONTESTANT_NAMES.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
}

function withSpread({ median, min, max }: Figure, digits: number): string {
  const half = (max - min) / 2;
  return half === 0 ? median.toFixed(digits) : `${median.toFixed(digits)} ±${half.toFixed(digits)}`;
}

function count(value: number): string {
  return value < 0.005 ? "0" : value.toFixed(2).replace(/\.?0+$/, "");
}
