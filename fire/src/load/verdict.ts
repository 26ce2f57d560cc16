import type { Observation } from "./experiment.js";
import { BUDGET_IN_MS, REMOTE_SERVICES, type RemoteService } from "./world.js";

/** The codes by which callers may be told of a struck service, besides `aftermath`. */
export type ExpectedCodes = readonly string[];

/** What newcomers may run into because an earlier request of theirs was cut short. */
const AFTERMATH: ReadonlySet<string> = new Set(["identity_not_found", "identity_deleted", "mapping_outcome_unknown"]);

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  acs_unavailable: 503,
  store_unavailable: 503,
  provider_unavailable: 503,
  key_server_unavailable: 503,
  mapping_outcome_unknown: 503,
  throttled: 429,
  timeout: 504,
  identity_not_found: 404,
  identity_deleted: 409,
};

/** Generous, as other work may be going on on the machine. */
const SLACK_IN_MS = 3_000;

/** How much more than usual other services may be asked, for each request of a client. */
const TOLERATED_CALLS = 0.3;

/** Everything that is wrong with what a fault came to; empty if all promises were kept. */
export function violations(struck: RemoteService, seen: Observation, expected: ExpectedCodes): string[] {
  const wrong: string[] = [];
  const check = (holds: boolean, violation: string) => {
    if (!holds) wrong.push(violation);
  };
  check(seen.answered === seen.sent, `${seen.sent - seen.answered} requests were not answered`);
  check(seen.slowestInMs < BUDGET_IN_MS + SLACK_IN_MS, `a request took ${Math.round(seen.slowestInMs)} ms`);
  check(seen.recoveryInMs < BUDGET_IN_MS + SLACK_IN_MS, `failures went on for ${Math.round(seen.recoveryInMs)} ms`);
  check(seen.unaffected.length > 0, "nobody was to be unaffected");
  for (const { step, status, code } of seen.unaffected) {
    check(status < 300, `${step}, which does not need ${struck}, was answered ${status} ${code}`);
  }
  for (const { client, step, status, code } of seen.affected) {
    const isAftermath = code !== undefined && AFTERMATH.has(code) && client.token === undefined;
    const isExpected = code === undefined ? status < 300 : STATUS_OF_CODE[code] === status;
    check(isExpected && (code === undefined || isAftermath || expected.includes(code)), `${step}: ${status} ${code}`);
  }
  const requests = seen.affected.length + seen.unaffected.length;
  check(seen.calls <= 3 * requests, `${seen.calls} calls of ${struck} for ${requests} requests`);
  for (const other of REMOTE_SERVICES.filter((service) => service !== struck)) {
    const [usual, now] = [seen.usualCalls[other], seen.callsDuringFault[other]];
    check(
      now <= usual + TOLERATED_CALLS,
      `${other} got ${now.toFixed(1)} calls per request, usually ${usual.toFixed(1)}`,
    );
  }
  return [...new Set(wrong)];
}

/** How many callers were told of the fault. */
export function refusals({ affected }: Observation): number {
  return affected.filter(({ status }) => status >= 400).length;
}
