import { describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("CosmosIdentityStore", () => {
  it("declares what an account with one write region can promise", () => {
    const { name, capabilities } = backend.createStore();
    expect({ name, capabilities }).toEqual({
      name: "cosmos",
      capabilities: { insert: "shared", conditionalRemove: true, list: true },
    });
  });

  it("checks container and account once, however many first calls there are", async () => {
    const store = backend.createStore();
    await Promise.all([store.get(user(1)), store.get(user(2)), store.insertIfAbsent(mappingOf(3))]);
    await store.get(user(4));
    expect(backend.operations.slice(0, 2)).toEqual(["read container", "read account"]);
    expect(backend.operations.slice(2).sort()).toEqual(["create item", "read item", "read item", "read item"]);
  });

  it("reads with one request", async () => {
    const store = await backend.createReadyStore();
    expect(await store.get(user(1))).toBeUndefined();
    expect(backend.operations).toEqual(["read item"]);
    await store.insertIfAbsent(mappingOf(1));
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    expect(backend.operations).toEqual(["read item", "create item", "read item"]);
  });

  it("inserts with one request, and with one more if the user has a mapping", async () => {
    const store = await backend.createReadyStore();
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: true, mapping: mappingOf(1) });
    expect(backend.operations).toEqual(["create item"]);
    expect(await store.insertIfAbsent(mappingOf(1, 2))).toEqual({ inserted: false, mapping: mappingOf(1) });
    expect(backend.operations).toEqual(["create item", "create item", "read item"]);
  });

  it("does not take the second of two equal inserts for the one that wrote", async () => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    expect(await store.insertIfAbsent(mappingOf(1))).toEqual({ inserted: false, mapping: mappingOf(1) });
  });

  it("removes with a reading and a deletion of what was read", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    const [item] = await backend.items();
    expect(await store.removeIfMatches(user(1), communicationUserId(2))).toBe(false);
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(true);
    expect(backend.operations).toEqual(["create item", "read item", "read item", "delete item"]);
    expect(backend.gateway.requests.at(-1)?.headers["if-match"]).toBe(item?.["_etag"]);
    expect(await backend.items()).toEqual([]);
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(false);
  });

  it("leaves a mapping alone that took the place of the one it read", async () => {
    const store = await backend.createReadyStore();
    const rival = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    let overtaken = false;
    backend.gateway.before("delete item", async () => {
      if (overtaken) return;
      overtaken = true;
      await rival.removeIfMatches(user(1), communicationUserId(1));
      await rival.insertIfAbsent(mappingOf(1, 2));
    });
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(false);
    expect(await store.get(user(1))).toEqual(mappingOf(1, 2));
  });

  it("removes a mapping that was written anew with the same identity", async () => {
    const store = await backend.createReadyStore();
    const rival = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    let overtaken = false;
    backend.gateway.before("delete item", async () => {
      if (overtaken) return;
      overtaken = true;
      await rival.removeIfMatches(user(1), communicationUserId(1));
      await rival.insertIfAbsent(mappingOf(1));
    });
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(true);
    expect(await backend.items()).toEqual([]);
  });

  it("inserts again if the mapping it met is gone when it looks", async () => {
    const store = await backend.createReadyStore();
    const rival = backend.createStore();
    await rival.insertIfAbsent(mappingOf(1));
    let overtaken = false;
    backend.gateway.before("read item", async () => {
      if (overtaken) return;
      overtaken = true;
      await rival.removeIfMatches(user(1), communicationUserId(1));
    });
    expect(await store.insertIfAbsent(mappingOf(1, 2))).toEqual({ inserted: true, mapping: mappingOf(1, 2) });
  });

  it("never sends a query, an upsert or a write that it was not asked for", async () => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    await store.insertIfAbsent(mappingOf(1, 2));
    await store.get(user(1));
    await store.get(user(2));
    await store.removeIfMatches(user(1), communicationUserId(1));
    await store.removeIfMatches(user(1), communicationUserId(1));
    const allowed = ["read account", "read container", "read item", "create item", "delete item"];
    expect(backend.operations.filter((operation) => !allowed.includes(operation))).toEqual([]);
    const headers = backend.gateway.requests.flatMap((request) => Object.keys(request.headers));
    expect(headers.filter((name) => /is-?query|upsert|batch/i.test(name))).toEqual([]);
  });
});
