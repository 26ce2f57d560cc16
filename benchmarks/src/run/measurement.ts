import { setTimeout as delay } from "node:timers/promises";
import type { Load, LoadOperations, LoadResult } from "../load/load.js";
import type { RemoteProcess } from "../processes/remote-process.js";
import type { Server } from "../servers/contestants.js";
import type { Counts, Upstream } from "../upstream/upstream.js";
import type { Intensity } from "./intensity.js";

/** What one contestant did in one round of one scenario. All figures are per journey, which is mostly one request. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: number;
  readonly p97_5: number;
  readonly p99: number;
  readonly cpuInMs: number;
  readonly calls: Counts;
  /** Of the server's process, from its start until now. */
  readonly peakRssInBytes: number;
}

/** The processes that take part in a measurement. */
export interface Stage {
  readonly server: Server;
  readonly upstream: Upstream;
  readonly load: RemoteProcess<LoadOperations>;
}

/** Longer than any delay of an upstream. */
const QUIET_IN_MS = 150;
const IDLE_CPU_IN_MS = 15;
const LONGEST_SETTLING_IN_MS = 20_000;

/**
 * Waits until the server has finished what an earlier load had begun: a server goes on with requests whose client has
 * left, and would be charged for them in the next measurement.
 */
export async function settle(stage: Stage): Promise<void> {
  const deadline = performance.now() + LONGEST_SETTLING_IN_MS;
  for (let before = await snapshot(stage); performance.now() < deadline; ) {
    await delay(QUIET_IN_MS);
    const after = await snapshot(stage);
    const isIdle = after.usage.cpuInMs - before.usage.cpuInMs < IDLE_CPU_IN_MS;
    if (isIdle && JSON.stringify(after.counts) === JSON.stringify(before.counts)) return;
    before = after;
  }
  throw new Error("The server did not come to rest.");
}

/** Every user once. */
export async function measureOnce(stage: Stage, load: Load): Promise<Measurement> {
  await settle(stage);
  const before = await snapshot(stage);
  const result = await stage.load.call("once", load);
  if (result.journeys !== load.users.length) {
    throw new Error(`${result.journeys} of ${load.users.length} users were served.`);
  }
  return measurement(before, await snapshot(stage), result, load.steps.length);
}

/**
 * All users over and over. Rates and latencies are those of a time in the middle. CPU and calls are those from rest to
 * rest, for each request that was sent: what the edges of the time in the middle cut through would distort them.
 */
export async function measureRepeating(stage: Stage, load: Load, intensity: Intensity): Promise<Measurement> {
  await settle(stage);
  const before = await snapshot(stage);
  await stage.load.call("begin", load);
  await delay(intensity.warmUpInMs);
  await stage.load.call("mark");
  await delay(intensity.measuredInMs);
  const result = await stage.load.call("end");
  await settle(stage);
  return measurement(before, await snapshot(stage), result, load.steps.length);
}

async function snapshot({ server, upstream }: Stage) {
  const [usage, counts] = await Promise.all([server.process.call("usage"), upstream.call("counts")]);
  return { usage, counts };
}

type Snapshot = Awaited<ReturnType<typeof snapshot>>;

function measurement(before: Snapshot, after: Snapshot, result: LoadResult, steps: number): Measurement {
  const { journeys, sent, seconds, failures, p50, p97_5, p99 } = result;
  const failed = Object.entries(failures).map(([what, count]) => `${what} (${count} times)`);
  if (failed.length > 0) throw new Error(`Requests failed: ${failed.join(", ")}.`);
  if (journeys === 0) throw new Error("No user was served in the time of the measurement.");
  const calls = (service: keyof Counts) => ((after.counts[service] - before.counts[service]) * steps) / sent;
  return {
    perSecond: journeys / seconds,
    p50,
    p97_5,
    p99,
    cpuInMs: ((after.usage.cpuInMs - before.usage.cpuInMs) * steps) / sent,
    calls: { entra: calls("entra"), graph: calls("graph"), communication: calls("communication") },
    peakRssInBytes: after.usage.peakRssInBytes,
  };
}
