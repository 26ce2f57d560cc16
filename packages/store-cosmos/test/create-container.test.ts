import { describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import { mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("createContainerIfMissing", () => {
  it("creates database and container, which nothing else does", async () => {
    const store = backend.createStore({ databaseName: "fresh", containerName: "fresh" });
    await expect(store.get(user(1))).rejects.toMatchObject({ reason: "container_not_found" });
    expect(backend.operations.filter((operation) => operation.startsWith("create"))).toEqual([]);
    await store.createContainerIfMissing();
    expect((await store.insertIfAbsent(mappingOf(1))).inserted).toBe(true);
    const { resource } = await backend.server.client.database("fresh").container("fresh").read();
    expect(resource).toMatchObject({ partitionKey: { paths: ["/id"] } });
    expect(resource?.indexingPolicy).toMatchObject({ includedPaths: [], excludedPaths: [{ path: "/*" }] });
    expect(resource?.defaultTtl).toBeUndefined();
  });

  it("leaves what exists as it is", async () => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    backend.gateway.requests.length = 0;
    await store.createContainerIfMissing();
    expect(backend.operations).toEqual(["read database", "read container"]);
    expect(await store.get(user(1))).toEqual(mappingOf(1));
  });

  it("may be called by several at the same time", async () => {
    const stores = [1, 2, 3].map(() => backend.createStore({ databaseName: "raced", containerName: "raced" }));
    await Promise.all(stores.map((store) => store.createContainerIfMissing()));
    expect(await stores[0]?.get(user(1))).toBeUndefined();
  });

  it("switches the container's time to live on, without a default, if the store uses it", async () => {
    const store = backend.createStore({ containerName: "expiring", ttlInSeconds: 60 });
    await store.createContainerIfMissing();
    await store.insertIfAbsent(mappingOf(1));
    const { resource } = await backend.container.database.container("expiring").read();
    expect(resource?.defaultTtl).toBe(-1);
  });

  it("goes on after a passing failure, and says what is wrong after a final one", async () => {
    const store = backend.createStore({ containerName: "created-later" });
    backend.gateway.fail("create container", "lose reply");
    await store.createContainerIfMissing();
    backend.gateway.fail("read database", { status: 403, substatus: 5300 });
    await expect(store.createContainerIfMissing()).rejects.toMatchObject({
      code: "store_denied",
      reason: "permission_missing",
    });
  });
});
