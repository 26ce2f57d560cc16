import { describe, expect, it } from "vitest";
import { CosmosIdentityStore } from "../src/index.js";
import { Backend } from "./support/backend.js";
import { mappingOf } from "./support/fixtures.js";

const backend = new Backend();

describe("time to live", () => {
  it("is off by default, also where the container's items expire", async () => {
    const container = await backend.server.createContainer({ defaultTtl: 60 });
    const store = new CosmosIdentityStore({ ...backend.endpointOptions, containerName: container.id });
    await store.insertIfAbsent(mappingOf(1));
    const { resources } = await container.items.readAll().fetchAll();
    expect(resources).toEqual([expect.objectContaining({ ttl: -1 })]);
  });

  it.each([-1, 60])("is written into the item if the container's default is %s", async (defaultTtl) => {
    const container = await backend.server.createContainer({ defaultTtl });
    const options = { ...backend.endpointOptions, containerName: container.id, ttlInSeconds: 3600 };
    await new CosmosIdentityStore(options).insertIfAbsent(mappingOf(1));
    const { resources } = await container.items.readAll().fetchAll();
    expect(resources).toEqual([expect.objectContaining({ ttl: 3600 })]);
  });

  it("is not pretended where the container has it switched off", async () => {
    const store = backend.createStore({ ttlInSeconds: 3600 });
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({
      code: "store_denied",
      reason: "ttl_not_enabled",
    });
    expect(await backend.items()).toEqual([]);
  });
});
