import type { AcsAuthErrorCode } from "@acs-auth/core";
import type { Method, PlannedFault } from "./history.js";
import { TIMEOUT_IN_MS } from "./history.js";
import type { Outcome } from "./outcome.js";

/** What every method may reject with when remote calls fail. */
const ALWAYS: readonly AcsAuthErrorCode[] = ["store_unavailable", "acs_unavailable", "timeout"];

const CREATING: readonly AcsAuthErrorCode[] = ["mapping_outcome_unknown"];
const DISOWNED: readonly AcsAuthErrorCode[] = ["identity_deleted", "identity_not_owned"];

const OWN: Readonly<Record<Method, readonly AcsAuthErrorCode[]>> = {
  getOrCreateUser: CREATING,
  getUser: [],
  issueToken: ["identity_not_found", ...DISOWNED],
  "issueToken, createIfMissing": [...CREATING, ...DISOWNED],
  revokeTokens: ["identity_not_found", ...DISOWNED],
  deleteUser: ["identity_not_owned"],
  exchangeTeamsToken: [],
};

/** A call of a busy process may come to its end late; one that hangs comes to none. */
const SLACK_IN_MS = 4_000;

/** What is no documented result, no documented error for what went wrong, or late. */
export function undocumented({ call, answer, durationInMs }: Outcome, faults: readonly PlannedFault[]): string[] {
  const found: string[] = [];
  if (answer.kind === "surprise")
    found.push(`${call.method} gave neither a result nor an AcsAuthError: ${answer.what}`);
  if (answer.kind === "error" && !isDocumented(answer.code, call.method, faults, call.abortAfterMs !== undefined)) {
    found.push(`${call.method} rejected with ${answer.code}, which nothing explains`);
  }
  if (durationInMs > TIMEOUT_IN_MS + SLACK_IN_MS) {
    found.push(`${call.method} took ${Math.round(durationInMs)} ms of a budget of ${TIMEOUT_IN_MS} ms`);
  }
  return found;
}

function isDocumented(
  code: AcsAuthErrorCode,
  method: Method,
  faults: readonly PlannedFault[],
  mayAbort: boolean,
): boolean {
  const injected = (status: number, ...places: readonly PlannedFault["at"][]) =>
    faults.some(({ at, fault }) => fault.status === status && places.includes(at));
  if (code === "aborted") return mayAbort;
  if (code === "throttled") return injected(429, "acs", "store", "network");
  if (code === "acs_denied") return injected(403, "acs");
  if (code === "store_denied") return injected(403, "store", "network");
  return ALWAYS.includes(code) || OWN[method].includes(code);
}
