import { afterAll, afterEach, beforeAll, expect } from "vitest";

/** How often a property is tried. */
export const numRuns = process.env["FIRE"] === "full" ? 10_000 : 500;

/** All that can be wrong with a request. */
export const CODES: readonly unknown[] = [
  "missing_token",
  "invalid_token",
  "insufficient_scope",
  "invalid_request",
  "forbidden",
  "not_found",
  "method_not_allowed",
];

/** Fails a test during which a rejection stayed unhandled. */
export function refuseUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => process.on("unhandledRejection", note));
  afterAll(() => process.off("unhandledRejection", note));
  afterEach(() => expect(unhandled.splice(0)).toEqual([]));
}

/** What must hold of every answer of the handler while nothing fails. */
export function expectSound(answer: {
  readonly status: number;
  readonly header: (name: string) => string | null | undefined;
  /** `undefined` for `HEAD`. */
  readonly text: string | undefined;
}): void {
  const { status, header, text } = answer;
  expect(status).toBeLessThan(500);
  expect(header("cache-control")).toBe("no-store");
  expect(header("x-content-type-options")).toBe("nosniff");
  if (status < 400) return;
  expect(header("content-type")).toBe("application/problem+json");
  if (text === undefined) return;
  const problem: unknown = JSON.parse(text);
  expect(problem).toMatchObject({ status, requestId: header("x-request-id") });
  expect(CODES).toContain(Object(problem).code);
}
