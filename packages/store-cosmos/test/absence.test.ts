import { afterEach, describe, expect, it, vi } from "vitest";
import { CosmosIdentityStore } from "../src/index.js";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

afterEach(() => void vi.restoreAllMocks());

/** Calls every method for one user and expects each to reject. */
async function expectRejections(store: CosmosIdentityStore, error: object): Promise<void> {
  const outcomes = await Promise.allSettled([
    store.get(user(1)),
    store.insertIfAbsent(mappingOf(1)),
    store.removeIfMatches(user(1), communicationUserId(1)),
  ]);
  expect(outcomes).toEqual(Array(3).fill({ status: "rejected", reason: expect.objectContaining(error) }));
}

const NOT_FOUND = { code: "store_denied", reason: "container_not_found" };

describe("absent", () => {
  it.each([
    ["container", { containerName: "none" }],
    ["database", { databaseName: "none" }],
  ])("is not what a missing %s means", async (_, names) => {
    const store = new CosmosIdentityStore({ ...backend.endpointOptions, ...names });
    await expectRejections(store, NOT_FOUND);
    expect(backend.operations).not.toContain("read item");
  });

  it("is not what a container means that went missing later", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.requests.length = 0;
    backend.gateway.fail("read item", { status: 404, substatus: 1003 }, 2);
    backend.gateway.fail("create item", { status: 404, substatus: 1003 });
    await expectRejections(store, NOT_FOUND);
    expect(backend.operations.toSorted()).toEqual(["create item", "read item", "read item"]);
  });

  it("is not what a container means that went missing while it was deleted from", async () => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("delete item", { status: 404, substatus: 1003 });
    await expect(store.removeIfMatches(user(1), communicationUserId(1))).rejects.toMatchObject(NOT_FOUND);
  });

  it("is not believed for long where a gateway does not say what is missing", async () => {
    const store = await backend.createReadyStore();
    await backend.container.delete();
    expect(await store.get(user(1))).toBeUndefined();
    const inAMinute = performance.now() + 60_000;
    vi.spyOn(performance, "now").mockImplementation(() => inAMinute);
    await expect(store.get(user(1))).rejects.toMatchObject(NOT_FOUND);
    await expect(store.removeIfMatches(user(1), communicationUserId(1))).rejects.toMatchObject(NOT_FOUND);
    expect(backend.operations).toEqual(["read item", ...Array(2).fill(["read item", "read container"]).flat()]);
  });

  it("is believed without asking again while the container was just seen", async () => {
    const store = await backend.createReadyStore();
    for (let n = 0; n < 5; n++) await store.get(user(n));
    expect(backend.operations).toEqual(Array(5).fill("read item"));
  });

  it.each([
    ["a replica that lags behind", 1002],
    ["a container that is being created", 1013],
    ["a container that was created again", 1024],
  ])("is not what %s means", async (_, substatus) => {
    const store = await backend.createReadyStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.fail("read item", { status: 404, substatus }, 2);
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    backend.gateway.fail("read item", { status: 404, substatus }, 3);
    await expect(store.get(user(1))).rejects.toMatchObject({ code: "store_unavailable" });
  });

  it("is what the sub-status 0 means", async () => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("read item", { status: 404, substatus: 0 });
    expect(await store.get(user(1))).toBeUndefined();
  });
});

describe("the check before the first operation", () => {
  it("refuses a container that is partitioned otherwise, where readings would find nothing", async () => {
    const { id } = await backend.server.createContainer({ partitionKey: "/tenantId" });
    const store = new CosmosIdentityStore({ ...backend.endpointOptions, containerName: id });
    await expectRejections(store, { code: "store_denied", reason: "wrong_partition_key" });
    expect(backend.operations).toEqual(["read container"]);
  });

  it("is done again after it failed", async () => {
    const store = backend.createStore();
    backend.gateway.fail("read container", "cut", 3);
    await expect(store.get(user(1))).rejects.toMatchObject({ code: "store_unavailable" });
    backend.gateway.fail("read account", { status: 503 }, 3);
    await expect(store.get(user(1))).rejects.toMatchObject({ code: "store_unavailable" });
    expect(await store.get(user(1))).toBeUndefined();
  });

  it("says so if this server may not read the container or the account", async () => {
    const store = backend.createStore();
    for (const operation of ["read container", "read account"] as const) {
      backend.gateway.fail(operation, { status: 403, substatus: 5301 });
      await expect(store.get(user(1))).rejects.toMatchObject({ code: "store_denied", reason: "permission_missing" });
    }
  });
});
