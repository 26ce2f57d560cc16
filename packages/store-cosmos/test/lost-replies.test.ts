import { describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("a lost reply", () => {
  it("to an insert: the store recognizes its own item", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", "lose reply");
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: true, mapping: mappingOf(1) });
    expect(backend.operations).toEqual(["create item", "read item"]);
    expect(await backend.items()).toHaveLength(1);
  });

  it("to an insert, then a deletion by another call: what was deleted is not brought back", async () => {
    const store = await backend.createReadyStore();
    const rival = backend.createStore();
    backend.gateway.fail("create item", () => rival.removeIfMatches(user(1), communicationUserId(1)));
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({
      code: "store_unavailable",
      reason: "outcome_unknown",
    });
    expect(await backend.items()).toEqual([]);
  });

  it("to an insert that lost the race: the store tells another's item from its own", async () => {
    const store = await backend.createReadyStore();
    await backend.createStore().insertIfAbsent(mappingOf(1));
    backend.gateway.fail("create item", "lose reply");
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: false, mapping: mappingOf(1) });
  });

  it("to an insert's last attempt: the store looks nevertheless", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", { status: 449 }, 2);
    backend.gateway.fail("create item", "lose reply");
    backend.gateway.fail("read item", { status: 503 }, 2);
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: true, mapping: mappingOf(1) });
    expect(backend.operations).toEqual([...Array(3).fill("create item"), ...Array(3).fill("read item")]);
  });

  it("to an insert and every reading: the call rejects, the outcome being unknown", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", "lose reply");
    backend.gateway.fail("read item", "lose reply", 3);
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({
      code: "store_unavailable",
      reason: "outcome_unknown",
    });
    expect(await store.get(user(1))).toEqual(mappingOf(1));
  });

  it.each([
    ["refused", { status: 403, substatus: 5301 }],
    ["throttled", { status: 429, headers: { "x-ms-retry-after-ms": "60000" } }],
    ["told that nothing is there", { status: 404, substatus: 0 }],
  ])("to an insert, then a reading that is %s: the outcome is not said to be nothing", async (_, answer) => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("create item", "lose reply");
    backend.gateway.fail("read item", answer);
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({
      code: "store_unavailable",
      reason: "outcome_unknown",
    });
    expect(await backend.items()).toHaveLength(1);
  });

  it("to a removal: the call rejects rather than deny or claim what it may have done", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("delete item", "lose reply");
    await expect(store.removeIfMatches(user(1), communicationUserId(1))).rejects.toMatchObject({
      code: "store_unavailable",
      reason: "outcome_unknown",
    });
    expect(await backend.items()).toEqual([]);
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(false);
  });

  it("to a removal, then a new mapping: the call rejects and leaves it alone", async () => {
    const store = await backend.createReadyStore();
    const rival = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("delete item", "lose reply");
    let deletions = 0;
    backend.gateway.before("delete item", async () => {
      if (++deletions === 2) await rival.insertIfAbsent(mappingOf(1, 2));
    });
    await expect(store.removeIfMatches(user(1), communicationUserId(1))).rejects.toMatchObject({
      reason: "outcome_unknown",
    });
    expect(await store.get(user(1))).toEqual(mappingOf(1, 2));
  });

  it("to a reading costs another reading", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("read item", "lose reply", 2);
    expect(await store.get(user(1))).toBeUndefined();
    expect(backend.operations).toHaveLength(3);
  });
});
