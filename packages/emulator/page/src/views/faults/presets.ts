import type { Fault } from "../../../../src/server/faults.js";

export interface Preset {
  readonly title: string;
  readonly fault: Fault;
}

export const presets: readonly [Preset, ...Preset[]] = [
  { title: "An error of the service", fault: { status: 500, code: "InternalError" } },
  { title: "An error although the request took effect", fault: { status: 500, stage: "after" } },
  { title: "An answer of a gateway", fault: { status: 502, body: "<h1>Bad gateway</h1>" } },
  { title: "Throttling with Retry-After", fault: { status: 429, retryAfterInSeconds: 2 } },
  { title: "Throttling without Retry-After", fault: { status: 429 } },
  { title: "Latency", fault: { delayInMs: 500 } },
  { title: "Latency after the effect", fault: { delayInMs: 500, stage: "after" } },
  { title: "A connection cut before the effect", fault: { connection: "reset" } },
  { title: "A lost reply", fault: { connection: "reset", stage: "after" } },
  { title: "No answer at all", fault: { connection: "hang" } },
];
