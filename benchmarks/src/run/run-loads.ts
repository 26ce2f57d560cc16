import type { LoadFigures, PerContestant, Results } from "../report/results.js";
import { type Figure, figure, median } from "../report/statistics.js";
import { CONTESTANT_NAMES, type Contestant } from "../servers/contestants.js";
import { SERVICES } from "../upstream/upstream.js";
import type { Measurement } from "./measurement.js";
import type { RunOptions } from "./run.js";
import { LOAD_SCENARIOS, type LoadScenario, type UpstreamName } from "./scenarios.js";
import { runSession, type Surroundings } from "./session.js";

type Measured = Map<string, Map<Contestant, Measurement[]>>;

/** Rounds of all loads; in each, the contestants take turns. A round that would take too long is not begun. */
export async function runLoads(
  { intensity, quick, only, progress }: RunOptions,
  surroundings: (name: UpstreamName) => Promise<Surroundings>,
): Promise<Pick<Results, "loads" | "rounds">> {
  const scenarios = LOAD_SCENARIOS.filter(({ id }) => only.has(id));
  const measured: Measured = new Map();
  const begin = performance.now();
  let rounds = 0;
  let longestInMs = 0;
  while (rounds < intensity.rounds && performance.now() - begin + longestInMs <= intensity.roundsInMs) {
    const roundBegin = performance.now();
    const round = ++rounds;
    for (const group of groups(scenarios)) {
      for (const contestant of CONTESTANT_NAMES) {
        if (isLeftOut(contestant, group, quick)) continue;
        const title = `round ${round} of ${intensity.rounds}, ${group.title}, ${contestant}`;
        progress(title);
        await runSession(
          contestant,
          group.scenarios,
          await surroundings(group.upstream),
          intensity,
          (scenario, measurement) => {
            const byContestant = measured.get(scenario.id) ?? new Map<Contestant, Measurement[]>();
            measured.set(scenario.id, byContestant);
            byContestant.set(contestant, [...(byContestant.get(contestant) ?? []), measurement]);
          },
        ).catch((cause: unknown) => {
          throw new Error(`${title}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        });
      }
    }
    longestInMs = Math.max(longestInMs, performance.now() - roundBegin);
  }
  const loads = Object.fromEntries([...measured].map(([id, byContestant]) => [id, figuresOf(byContestant)]));
  return { loads, rounds };
}

interface Group {
  readonly title: string;
  readonly upstream: UpstreamName;
  readonly delays: boolean;
  readonly scenarios: readonly LoadScenario[];
}

/**
 * What today's MSAL saves on a host it knows shows one by one and without delays. `--quick` leaves it at one by one, and no
 * load with delays: what is promised of delays is measured one by one.
 */
function isLeftOut(contestant: Contestant, { upstream, delays }: Group, quick: boolean): boolean {
  if (upstream !== "stand-in") return false;
  return (quick && delays) || (contestant === "reference-known-host" && (quick || delays));
}

/** Scenarios that a contestant goes through in one session. */
function groups(scenarios: readonly LoadScenario[]): Group[] {
  const all = [
    { title: "one by one against the emulator", upstream: "emulator", delays: true },
    { title: "load with delays", upstream: "stand-in", delays: true },
    { title: "load without delays", upstream: "stand-in", delays: false },
  ] as const;
  return all
    .map((group) => ({
      ...group,
      scenarios: scenarios.filter(({ upstream, delays }) => upstream === group.upstream && delays === group.delays),
    }))
    .filter((group) => group.scenarios.length > 0);
}

function figuresOf(byContestant: ReadonlyMap<Contestant, readonly Measurement[]>): PerContestant<LoadFigures> {
  return Object.fromEntries([...byContestant].map(([contestant, rounds]) => [contestant, summary(rounds)]));
}

function summary(rounds: readonly Measurement[]): LoadFigures {
  const of = (value: (measurement: Measurement) => number): Figure => figure(rounds.map(value));
  const [entra = 0, graph = 0, communication = 0] = SERVICES.map((service) =>
    median(rounds.map(({ calls }) => calls[service])),
  );
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p97_5: of(({ p97_5 }) => p97_5),
    p99: of(({ p99 }) => p99),
    cpuInMs: of(({ cpuInMs }) => cpuInMs),
    peakRssInBytes: of(({ peakRssInBytes }) => peakRssInBytes),
    calls: { entra, graph, communication },
  };
}
