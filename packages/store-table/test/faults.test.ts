import type { AcsAuthErrorCode } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import type { TableIdentityStore } from "../src/index.js";
import { expectCode, useTable } from "./support/harness.js";
import type { Fault } from "./support/scripted-proxy.js";
import { communicationUserId, findMapping, mapping, USER } from "./support/tables.js";

const fixture = useTable();
const ID = communicationUserId(1);
const OTHER_ID = communicationUserId(2);

const BUSY: Fault = { status: 503, odata: "ServerBusy" };

function methods(): string[] {
  return fixture().proxy.requests.map(({ method }) => method);
}

function everyMethod(store: TableIdentityStore) {
  return [
    { httpMethods: ["GET"], call: () => store.get(USER) },
    { httpMethods: ["POST", "GET"], call: () => store.insertIfAbsent(mapping()) },
    { httpMethods: ["DELETE"], call: () => store.removeIfMatches(USER, ID) },
  ];
}

describe("what the service answers", () => {
  it.each<[Fault, AcsAuthErrorCode]>([
    [{ status: 400, odata: "InvalidInput" }, "store_denied"],
    [{ status: 401, odata: "InvalidAuthenticationInfo" }, "store_denied"],
    [{ status: 403, odata: "AuthorizationFailure" }, "store_denied"],
    [{ status: 404, odata: "TableNotFound" }, "store_denied"],
    [{ status: 409, odata: "TableBeingDeleted" }, "store_denied"],
    [{ status: 429 }, "throttled"],
    [{ status: 408 }, "store_unavailable"],
    [{ status: 500, odata: "OperationTimedOut" }, "store_unavailable"],
    [BUSY, "store_unavailable"],
    [{ status: 502, body: "<html>Bad Gateway</html>" }, "store_unavailable"],
    [{ status: 504, body: "" }, "store_unavailable"],
  ])("%j to every attempt rejects every method with %s", async (fault, code) => {
    const { proxy, newStore, table } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    for (const { httpMethods, call } of everyMethod(store)) {
      for (const httpMethod of httpMethods) proxy.fail(httpMethod, fault, fault, fault);
      await expectCode(call(), code);
      proxy.heal();
    }
    expect(await findMapping(table, USER)).toBe(ID);
  });

  it.each<[string, Fault]>([
    ["an answer that is no JSON", { status: 200, body: "<html></html>" }],
    ["404 with another code than ResourceNotFound", { status: 404, odata: "AccountNotFound" }],
    ["404 from something in between", { status: 404, body: "<html>Not Found</html>" }],
  ])("%s is never taken for an absent mapping", async (_, fault) => {
    fixture().proxy.fail("GET", fault, fault, fault);
    await expect(fixture().newStore().get(USER)).rejects.toThrow();
  });

  it("a table that does not exist is an error for every method, with the reason", async () => {
    const { newStore, table } = fixture();
    await table.deleteTable();
    const store = newStore();
    for (const { call } of everyMethod(store)) {
      const { reason } = await expectCode(call(), "store_denied");
      expect(reason).toBe("table_not_found");
    }
  });

  it("an entity of somebody else is no mapping", async () => {
    const { newStore, table } = fixture();
    await newStore().insertIfAbsent(mapping());
    for await (const { partitionKey = "", rowKey = "" } of table.listEntities()) {
      await table.updateEntity({ partitionKey, rowKey, objectId: "somebody-else" });
    }
    await expectCode(newStore().get(USER), "mapping_invalid");
    await expectCode(newStore().removeIfMatches(USER, ID), "mapping_invalid");
  });
});

describe("retries", () => {
  it("two passing failures are survived", async () => {
    const { proxy, newStore } = fixture();
    const store = newStore();
    proxy.fail("POST", { status: 429 }, { status: 429 });
    expect(await store.insertIfAbsent(mapping())).toEqual({ inserted: true, mapping: mapping() });
    proxy.fail("GET", BUSY, { status: 500, odata: "InternalError" });
    expect(await store.get(USER)).toEqual(mapping());
    expect(methods()).toEqual(["POST", "POST", "POST", "GET", "GET", "GET"]);
  });

  it("the third failure ends the call, whichever steps they hit", async () => {
    const { proxy, newStore } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    proxy.requests.length = 0;
    proxy.fail("GET", BUSY);
    proxy.fail("DELETE", BUSY, BUSY);
    await expectCode(store.removeIfMatches(USER, ID), "store_unavailable");
    expect(methods()).toEqual(["GET", "GET", "DELETE", "DELETE"]);
  });

  it("a refusal is not repeated", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("GET", { status: 403, odata: "AuthorizationFailure" });
    await expectCode(newStore().get(USER), "store_denied");
    expect(methods()).toEqual(["GET"]);
  });

  it("a short Retry-After is kept", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("GET", { status: 429, headers: { "retry-after": "1" } });
    const startedAt = performance.now();
    expect(await newStore().get(USER)).toBeUndefined();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  it.each<[Fault, "throttled" | "store_unavailable"]>([
    [{ status: 429, headers: { "retry-after": "30" } }, "throttled"],
    [{ status: 503, odata: "ServerBusy", headers: { "retry-after": "30" } }, "store_unavailable"],
  ])("a long Retry-After is handed to the caller at once: %j", async (fault, code) => {
    const { proxy, newStore } = fixture();
    proxy.fail("GET", fault);
    const startedAt = performance.now();
    const { retryAfterInMs } = await expectCode(newStore().get(USER), code);
    expect(retryAfterInMs).toBe(30_000);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(methods()).toEqual(["GET"]);
  });

  it.each<Fault>(["hang", "stall"])("an attempt whose answer does not come in time is repeated: %s", async (fault) => {
    const { proxy, newStore } = fixture();
    proxy.fail("GET", fault);
    expect(await newStore({ requestTimeoutInMs: 300 }).get(USER)).toBeUndefined();
    expect(methods()).toEqual(["GET", "GET"]);
    proxy.fail("GET", fault, fault, fault);
    await expectCode(newStore({ requestTimeoutInMs: 100 }).get(USER), "store_unavailable");
  });

  it("an abort ends the wait before a repetition", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("GET", { status: 429, headers: { "retry-after": "2" } });
    const startedAt = performance.now();
    const aborted = newStore().get(USER, { abortSignal: AbortSignal.timeout(100) });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(methods()).toEqual(["GET"]);
  });
});

describe("an insertion whose reply is lost", () => {
  it("does not bring back what another call has deleted since", async () => {
    const { proxy, newStore, table } = fixture();
    const rival = newStore();
    proxy.fail("POST", () => rival.removeIfMatches(USER, ID));
    const { reason } = await expectCode(newStore().insertIfAbsent(mapping()), "store_unavailable");
    expect(reason).toBe("outcome_unknown");
    expect(await findMapping(table, USER)).toBeUndefined();
  });

  it("is recognised as this call's own", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("POST", "lose-reply");
    expect(await newStore().insertIfAbsent(mapping())).toEqual({ inserted: true, mapping: mapping() });
    expect(methods()).toEqual(["POST", "GET"]);
  });

  it("is recognised although it was the last attempt, or the first reading fails too", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("POST", { status: 429 }, { status: 429 }, "lose-reply");
    expect((await newStore().insertIfAbsent(mapping())).inserted).toBe(true);
    expect(methods()).toEqual(["POST", "POST", "POST", "GET"]);
    const other = mapping({ user: { ...USER, objectId: "another" } });
    proxy.requests.length = 0;
    proxy.fail("POST", "lose-reply");
    proxy.fail("GET", BUSY);
    expect((await newStore().insertIfAbsent(other)).inserted).toBe(true);
    expect(methods()).toEqual(["POST", "GET", "GET"]);
  });

  it("is not this call's own where another call was first", async () => {
    const { proxy, newStore } = fixture();
    await newStore().insertIfAbsent(mapping());
    proxy.fail("POST", "lose-reply");
    const result = await newStore().insertIfAbsent(mapping({ communicationUserId: OTHER_ID }));
    expect(result).toEqual({ inserted: false, mapping: mapping() });
  });

  it("is not this call's own only because it names the same identity", async () => {
    const { newStore } = fixture();
    await newStore().insertIfAbsent(mapping());
    expect(await newStore().insertIfAbsent(mapping())).toEqual({ inserted: false, mapping: mapping() });
  });

  it.each<Fault>([
    { status: 403, odata: "AuthorizationFailure" },
    { status: 404, odata: "TableNotFound" },
    { status: 429, headers: { "retry-after": "30" } },
  ])("is not said to be refused because it cannot be read back: %j", async (refusal) => {
    const { proxy, newStore, table } = fixture();
    proxy.fail("POST", "lose-reply");
    proxy.fail("GET", refusal);
    const { reason } = await expectCode(newStore().insertIfAbsent(mapping()), "store_unavailable");
    expect(reason).toBe("outcome_unknown");
    expect(await findMapping(table, USER)).toBe(ID);
  });

  it("is not claimed because of a success that the service has not reported", async () => {
    const { proxy, newStore, table } = fixture();
    proxy.fail("POST", { status: 200, body: "<html></html>" });
    const { reason } = await expectCode(newStore().insertIfAbsent(mapping()), "store_unavailable");
    expect(reason).toBe("outcome_unknown");
    expect(await findMapping(table, USER)).toBeUndefined();
  });

  it("is looked for at once where the service asks for a long wait, which is handed to the caller", async () => {
    const { proxy, newStore } = fixture();
    proxy.fail("POST", { status: 503, odata: "ServerBusy", headers: { "retry-after": "30" } });
    const startedAt = performance.now();
    const { retryAfterInMs } = await expectCode(newStore().insertIfAbsent(mapping()), "store_unavailable");
    expect(retryAfterInMs).toBe(30_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(methods()).toEqual(["POST", "GET"]);
  });
});

describe("a removal", () => {
  it("whose reply is lost is neither claimed nor denied", async () => {
    const { proxy, newStore, table } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    proxy.fail("DELETE", "lose-reply");
    const { reason } = await expectCode(store.removeIfMatches(USER, ID), "store_unavailable");
    expect(reason).toBe("outcome_unknown");
    expect(await findMapping(table, USER)).toBeUndefined();
    expect(await store.removeIfMatches(USER, ID)).toBe(false);
  });

  it("that failed without effect is repeated with success", async () => {
    const { proxy, newStore } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    proxy.fail("DELETE", { status: 500, odata: "OperationTimedOut" });
    expect(await store.removeIfMatches(USER, ID)).toBe(true);
  });

  it("looks again where the entity has changed, and removes what still matches", async () => {
    const { proxy, newStore, table } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    proxy.requests.length = 0;
    proxy.fail("DELETE", { status: 412, odata: "UpdateConditionNotSatisfied" });
    expect(await store.removeIfMatches(USER, ID)).toBe(true);
    expect(methods()).toEqual(["GET", "DELETE", "GET", "DELETE"]);
    expect(await findMapping(table, USER)).toBeUndefined();
  });

  it("sends the ETag of the entity that it compared", async () => {
    const { proxy, newStore, table } = fixture();
    const store = newStore();
    await store.insertIfAbsent(mapping());
    proxy.fail("DELETE", "hang");
    const removal = newStore({ requestTimeoutInMs: 500 }).removeIfMatches(USER, ID);
    await expect.poll(methods).toContain("DELETE");
    for await (const { partitionKey = "", rowKey = "" } of table.listEntities()) {
      await table.deleteEntity(partitionKey, rowKey);
    }
    await store.insertIfAbsent(mapping({ communicationUserId: OTHER_ID }));
    await expectCode(removal, "store_unavailable");
    expect(await findMapping(table, USER)).toBe(OTHER_ID);
  });
});
