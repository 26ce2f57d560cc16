import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

/** The error that a call rejects with; fails if it resolves, or does not settle in time. */
export async function rejectionWithin(milliseconds: number, call: Promise<unknown>): Promise<unknown> {
  const timer = new AbortController();
  const outcome = await Promise.race([
    call.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    setTimeout(milliseconds, "late" as const, { signal: timer.signal }),
  ]);
  timer.abort();
  if (outcome === "late") return assert.fail(`The call did not settle within ${milliseconds} ms.`);
  if ("value" in outcome) return assert.fail(`The call resolved, with ${String(outcome.value)}; it must reject.`);
  return outcome.error;
}

/** The name and code of an error, whichever realm its class is of. */
export function describeError(error: unknown): { readonly name: unknown; readonly code: unknown } {
  if (typeof error !== "object" || error === null) return { name: undefined, code: undefined };
  return { name: "name" in error ? error.name : undefined, code: "code" in error ? error.code : undefined };
}
