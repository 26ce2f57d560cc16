/**
 * How many milliseconds a limiter's rejection asks to wait; `undefined` if it is no verdict but a failure of the limiter.
 * A union of limiters rejects with the verdicts of its members by their names.
 */
export function waitInMs(rejection: unknown): number | undefined {
  if (typeof rejection !== "object" || rejection === null || rejection instanceof Error) return undefined;
  const waits = [rejection, ...Object.values(rejection)].map(msBeforeNext).filter((wait) => wait !== undefined);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

function msBeforeNext(verdict: unknown): number | undefined {
  if (typeof verdict !== "object" || verdict === null || !("msBeforeNext" in verdict)) return undefined;
  return typeof verdict.msBeforeNext === "number" ? verdict.msBeforeNext : undefined;
}
