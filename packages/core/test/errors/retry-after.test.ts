import { describe, expect, it } from "vitest";
import { retryAfterInMs } from "../../src/errors/retry-after.js";

const NOW = Date.parse("2026-01-02T03:04:05Z");

describe("retryAfterInMs", () => {
  it.each([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "2.128" }, 2_128],
    [{ "retry-after": "Fri, 02 Jan 2026 03:04:15 GMT" }, 10_000],
    [{ "retry-after": "Fri, 02 Jan 2026 03:00:00 GMT" }, 0],
    [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
    [{ "x-ms-retry-after-ms": "40" }, 40],
    [{ "retry-after": "Fri, 02 Jan 2026 03:09:15 GMT", date: "Fri, 02 Jan 2026 03:09:05 GMT" }, 10_000],
    [{ "retry-after": "Fri, 02 Jan 2026 02:59:15 GMT", date: "Fri, 02 Jan 2026 02:59:05 GMT" }, 10_000],
    [{ "retry-after": "Fri, 02 Jan 2026 03:04:15 GMT", date: "today" }, 10_000],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{}, undefined],
  ])("reads %j as %s", (headers, expected) => {
    expect(retryAfterInMs(new Headers(headers as Record<string, string>), NOW)).toBe(expected);
  });

  it("reads no headers as nothing", () => {
    expect(retryAfterInMs(undefined)).toBeUndefined();
  });
});
