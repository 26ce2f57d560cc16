import fc from "fast-check";
import type { RemoteFault } from "../faults.js";

export const METHODS = [
  "getOrCreateUser",
  "getUser",
  "issueToken",
  "issueToken, createIfMissing",
  "revokeTokens",
  "deleteUser",
  "exchangeTeamsToken",
] as const;
export type Method = (typeof METHODS)[number];

/** Users and instances of the service are few, so that their calls meet. */
export const USERS = 2;
const INSTANCES = 3;

/** The time budget of a call, and delays: one that is borne, one that outlasts a request and one that outlasts a call. */
export const TIMEOUT_IN_MS = 1_200;
const DELAYS_IN_MS = [100, 600, 1_500];

/** One call of the service. */
export interface Call {
  readonly user: number;
  readonly instance: number;
  readonly method: Method;
  /** When the caller leaves; 0 is before the call begins. */
  readonly abortAfterMs?: number;
}

export interface PlannedFault {
  /** `network`: between the store and its backend. */
  readonly at: "acs" | "store" | "network";
  readonly fault: RemoteFault;
}

/** Calls that begin together, and what goes wrong meanwhile. The next step begins when all has come to rest. */
export interface Step {
  readonly calls: readonly Call[];
  readonly faults: readonly PlannedFault[];
}

/** What several servers are asked for, one thing after the other. */
export interface History {
  /** With reuse there is one instance: what another one revokes is documented to be handed out again. */
  readonly reusesTokens: boolean;
  readonly steps: readonly Step[];
}

const method: fc.Arbitrary<Method> = fc.oneof(
  { weight: 4, arbitrary: fc.constant("getOrCreateUser") },
  { weight: 2, arbitrary: fc.constant("getUser") },
  { weight: 3, arbitrary: fc.constant("issueToken") },
  { weight: 3, arbitrary: fc.constant("issueToken, createIfMissing") },
  { weight: 2, arbitrary: fc.constant("revokeTokens") },
  { weight: 4, arbitrary: fc.constant("deleteUser") },
  { weight: 1, arbitrary: fc.constant("exchangeTeamsToken") },
);

function record<T>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(members, { noNullPrototype: true });
}

const patientCall = {
  user: fc.nat(USERS - 1),
  instance: fc.nat(INSTANCES - 1),
  method,
};

const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 5, arbitrary: record(patientCall) },
  { weight: 1, arbitrary: record({ ...patientCall, abortAfterMs: fc.constantFrom(0, 3, 10, 30, 100, 300) }) },
);

const where = { after: fc.nat(3), times: fc.constantFrom(1, 1, 1, 2, 3, 6) };
const stage = fc.constantFrom<"before" | "after">("before", "after");

const remoteFault: fc.Arbitrary<RemoteFault> = fc.oneof(
  record({ ...where, status: fc.constantFrom(500, 503, 403, 429) }),
  record({ ...where, status: fc.constantFrom(503, 429), retryAfterInSeconds: fc.constantFrom(0, 1, 30) }),
  record({ ...where, status: fc.constantFrom(500, 503), stage: fc.constant<"after">("after") }),
  record({ ...where, connection: fc.constant<"reset">("reset"), stage }),
  record({ ...where, connection: fc.constant<"hang">("hang"), stage }),
  record({ ...where, delayInMs: fc.constantFrom(...DELAYS_IN_MS), stage }),
);

const fault = record({ at: fc.constantFrom<PlannedFault["at"]>("acs", "store", "network"), fault: remoteFault });

const step: fc.Arbitrary<Step> = record({
  calls: fc.oneof(
    { weight: 3, arbitrary: fc.array(call, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(call, { minLength: 2, maxLength: 5 }) },
  ),
  faults: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  ),
});

/** Histories as data, so that a counter-example can be kept as an example. */
export const history: fc.Arbitrary<History> = record({
  reusesTokens: fc.constantFrom(true, false, false),
  steps: fc.array(step, { minLength: 1, maxLength: 7, size: "max" }),
});

/**
 * Without the calls that a store with no conditional removal is documented not to withstand: for one user a deletion
 * beside another or beside a creation.
 */
export function withoutRacingDeletions({ calls, faults }: Step): Step {
  const deleted = new Set(calls.filter((call) => call.method === "deleteUser").map(({ user }) => user));
  const first = new Set<number>();
  const kept = calls.filter(({ user, method }) => {
    if (!deleted.has(user)) return true;
    if (method === "getOrCreateUser" || method === "issueToken, createIfMissing") return false;
    const isFirst = !first.has(user);
    if (method === "deleteUser") first.add(user);
    return method !== "deleteUser" || isFirst;
  });
  return { calls: kept, faults };
}
