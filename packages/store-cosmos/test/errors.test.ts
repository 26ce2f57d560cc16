import { AcsAuthError } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import type { CannedAnswer, Fault } from "./support/faulty-gateway.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

/** Nothing is written. */
const REFUSED_FOR_NOW: readonly [name: string, fault: Fault][] = [
  ["429", { status: 429, substatus: 3200, headers: { "x-ms-retry-after-ms": "20" } }],
  ["449", { status: 449 }],
  ["403 while the account changes its write region", { status: 403, substatus: 3 }],
];

/** Something may have been written. */
const IN_DOUBT: readonly [name: string, fault: Fault][] = [
  ["408", { status: 408 }],
  ["410", { status: 410, substatus: 1002 }],
  ["500", { status: 500 }],
  ["503", { status: 503 }],
  ["503 of a gateway that speaks HTML", { status: 503, body: "<h1>Unavailable</h1>" }],
  ["503 without a body", { status: 503, body: "" }],
  ["a broken connection", "cut"],
];

const REFUSALS: readonly [name: string, answer: CannedAnswer, reason: string][] = [
  ["400", { status: 400 }, "request_refused"],
  ["401", { status: 401 }, "credentials_refused"],
  ["403", { status: 403, substatus: 5301 }, "permission_missing"],
  ["413", { status: 413 }, "request_refused"],
];

async function errorOf(promise: Promise<unknown>): Promise<AcsAuthError> {
  const error: unknown = await promise.then(
    () => new Error("It succeeded."),
    (thrown: unknown) => thrown,
  );
  if (!AcsAuthError.is(error)) throw error;
  return error;
}

describe.each([...REFUSED_FOR_NOW, ...IN_DOUBT])("after %s", (_, fault) => {
  it("reading and removing succeed at the next attempt", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.requests.length = 0;
    backend.gateway.fail("read item", fault);
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    backend.gateway.fail("delete item", fault);
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(true);
    expect(backend.operations).toEqual([...["read item", "read item"], ...["read item", "delete item", "delete item"]]);
    expect(await backend.items()).toEqual([]);
  });

  it("three times, the call rejects", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("read item", fault, 3);
    const { code } = await errorOf(store.get(user(1)));
    expect(["store_unavailable", "throttled"]).toContain(code);
    expect(backend.operations).toEqual(Array(3).fill("read item"));
  });
});

describe.each(REFUSED_FOR_NOW)("an insert after %s", (_, fault) => {
  it("succeeds at the next attempt, and after the third rejects", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", fault);
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: true, mapping: mappingOf(1) });
    expect(backend.operations).toEqual(Array(2).fill("create item"));
    backend.gateway.requests.length = 0;
    backend.gateway.fail("create item", fault, 3);
    const { code, reason } = await errorOf(store.insertIfAbsent(mappingOf(2)));
    expect(["store_unavailable", "throttled"]).toContain(code);
    expect(reason).toBeUndefined();
    expect(backend.operations).toEqual(Array(3).fill("create item"));
  });
});

describe.each(IN_DOUBT)("an insert after %s", (_, fault) => {
  it("is not repeated: where nothing is stored, the caller decides", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", fault);
    const error = await errorOf(store.insertIfAbsent(mappingOf(1)));
    expect(error).toMatchObject({ code: "store_unavailable", reason: "outcome_unknown" });
    expect(backend.operations).toEqual(["create item", "read item"]);
    expect(await backend.items()).toEqual([]);
  });
});

describe.each(REFUSALS)("%s", (_, answer, reason) => {
  it("is final", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("read item", answer);
    expect(await errorOf(store.get(user(1)))).toMatchObject({ code: "store_denied", reason });
    backend.gateway.fail("create item", answer);
    expect(await errorOf(store.insertIfAbsent(mappingOf(1)))).toMatchObject({ code: "store_denied", reason });
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("delete item", answer);
    const removing = store.removeIfMatches(user(1), communicationUserId(1));
    expect(await errorOf(removing)).toMatchObject({ code: "store_denied", reason });
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    expect(backend.operations).toHaveLength(6);
  });
});

describe("throttling", () => {
  const throttled = (headers: Record<string, string>): CannedAnswer => ({ status: 429, substatus: 3200, headers });

  it("is waited out for as long as Cosmos DB says, if that is short", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("read item", throttled({ "x-ms-retry-after-ms": "700" }));
    const start = performance.now();
    await store.get(user(1));
    expect(performance.now() - start).toBeGreaterThanOrEqual(690);
  });

  it.each([
    ["Cosmos DB", { "x-ms-retry-after-ms": "60000" }],
    ["a gateway, in seconds", { "retry-after": "60" }],
  ])("is passed on at once if %s asks for long", async (_, headers) => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", throttled(headers));
    const start = performance.now();
    const error = await errorOf(store.insertIfAbsent(mappingOf(1)));
    expect(error).toMatchObject({ code: "throttled", retryAfterInMs: 60_000 });
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(backend.operations).toEqual(["create item"]);
  });

  it("understands an HTTP date", async () => {
    const store = await backend.createReadyStore();
    const date = new Date(Date.now() + 60_000).toUTCString();
    backend.gateway.fail("read item", throttled({ "retry-after": date }));
    const { retryAfterInMs = 0 } = await errorOf(store.get(user(1)));
    expect(Math.abs(retryAfterInMs - 60_000)).toBeLessThan(3_000);
  });
});

describe("an answer that is late", () => {
  it("is waited for only as long as requestTimeoutInMs", async () => {
    const store = await backend.createReadyStore({ requestTimeoutInMs: 200 });
    backend.gateway.fail("read item", { delayInMs: 5_000 }, 3);
    const start = performance.now();
    expect(await errorOf(store.get(user(1)))).toMatchObject({ code: "store_unavailable" });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(backend.operations).toHaveLength(3);
  });
});

describe("an error", () => {
  it("carries its cause without request, response, key or id", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", { status: 401, body: JSON.stringify({ message: "signature=abc; key" }) });
    const error = await errorOf(store.insertIfAbsent(mappingOf(1)));
    expect(error.cause).toMatchObject({ code: 401, message: "[redacted]; key" });
    expect(Object.keys(Object(error.cause))).toEqual([]);
  });

  it("does not claim after a passing failure that nothing was removed", async () => {
    const store = await backend.createReadyStore();
    const throttled = { status: 429, headers: { "x-ms-retry-after-ms": "60000" } };
    for (const last of [{ status: 403, substatus: 5301 }, throttled]) {
      await store.insertIfAbsent(mappingOf(1));
      backend.gateway.fail("delete item", "lose reply");
      backend.gateway.fail("delete item", last);
      const error = await errorOf(store.removeIfMatches(user(1), communicationUserId(1)));
      expect(error).toMatchObject({ code: "store_unavailable", reason: "outcome_unknown" });
      expect(await backend.items()).toEqual([]);
    }
  });
});

describe("a conflict", () => {
  it("with an item that never shows is not decided by guessing", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", { status: 409 }, 3);
    const error = await errorOf(store.insertIfAbsent(mappingOf(1)));
    expect(error).toMatchObject({ code: "store_unavailable", reason: "not_settled" });
    expect(backend.operations).toEqual(Array(3).fill(["create item", "read item"]).flat());
  });

  it("over a deletion that never ends is not decided by guessing", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("delete item", { status: 412 }, 3);
    const error = await errorOf(store.removeIfMatches(user(1), communicationUserId(1)));
    expect(error).toMatchObject({ code: "store_unavailable", reason: "not_settled" });
  });
});
