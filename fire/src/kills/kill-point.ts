import fc from "fast-check";
import type { Job } from "./messages.js";

/** When a worker is killed: as one of its requests arrives, before or after its effect, or some time after it began. */
export type KillPoint =
  | { readonly at: "acs" | "store"; readonly request: number; readonly stage: "before" | "after" }
  | { readonly afterMs: number };

export interface Kill {
  readonly method: Job["method"];
  readonly point: KillPoint;
}

/** The remote calls of each method, in order, where nothing goes wrong. */
const REQUESTS: Readonly<Record<Job["method"], readonly ("acs" | "store")[]>> = {
  getOrCreateUser: ["store", "acs", "store"], // read, create the identity, write the mapping
  deleteUser: ["store", "acs", "store", "store"], // read, delete the identity, read, remove the mapping
};

const LONGEST_CALL_IN_MS = 120;

/** Before and after the effect of every remote call: every gap between two effects, from both sides. */
const atRequests: readonly Kill[] = (["getOrCreateUser", "deleteUser"] as const).flatMap((method) =>
  REQUESTS[method].flatMap((at, index) => {
    const request = REQUESTS[method].slice(0, index).filter((earlier) => earlier === at).length;
    return (["before", "after"] as const).map((stage) => ({ method, point: { at, request, stage } }));
  }),
);

/** So many kills: every point equally often, in random order, and every eighth at a random time. */
export function kills(count: number, seed: number): Kill[] {
  const atTime = fc.record({
    method: fc.constantFrom<Job["method"]>("getOrCreateUser", "deleteUser"),
    point: fc.record({ afterMs: fc.nat(LONGEST_CALL_IN_MS) }),
  });
  const atTimes = fc.sample(atTime, { seed, numRuns: Math.floor(count / 8) });
  const rest = Array.from({ length: count - atTimes.length }, (_, n) => atRequests[n % atRequests.length]);
  const all = [...rest.filter((kill) => kill !== undefined), ...atTimes];
  const [shuffled = all] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed, numRuns: 1 });
  return shuffled;
}
