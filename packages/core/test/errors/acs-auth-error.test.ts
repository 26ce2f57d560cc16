import { describe, expect, it } from "vitest";
import { AcsAuthError } from "../../src/index.js";

describe("AcsAuthError", () => {
  it("carries its code, the HTTP status it deserves and its details", () => {
    const cause = new Error("cause");
    const error = new AcsAuthError("throttled", "Slow down.", { cause, retryAfterInMs: 1500, reason: "why" });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "AcsAuthError",
      code: "throttled",
      statusCode: 429,
      retryAfterInMs: 1500,
      reason: "why",
      cause,
    });
  });

  it("is recognised by name and code, so also when it comes from another copy of this package", () => {
    class AcsAuthErrorOfAnotherCopy extends Error {
      override readonly name = "AcsAuthError";
      readonly code = "timeout";
    }
    const error = new AcsAuthErrorOfAnotherCopy();
    expect(AcsAuthError.is(error)).toBe(true);
    expect(AcsAuthError.is(error, "timeout")).toBe(true);
    expect(AcsAuthError.is(error, "throttled")).toBe(false);
    expect(AcsAuthError.is(new Error("timeout"))).toBe(false);
    expect(AcsAuthError.is({ name: "AcsAuthError", code: "timeout" })).toBe(false);
    expect(AcsAuthError.is(undefined)).toBe(false);
  });
});
