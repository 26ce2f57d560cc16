import { CosmosClient } from "@azure/cosmos";
import { DATABASE, KEY } from "test-support/cosmos-server";
import { describe, expect, it } from "vitest";
import { CosmosIdentityStore, type CosmosIdentityStoreOptions } from "../src/index.js";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

function givenClient(): CosmosClient {
  const { endpoint } = backend.gateway;
  return new CosmosClient({ endpoint, key: KEY, connectionPolicy: { enableEndpointDiscovery: false } });
}

describe("a store works", () => {
  it.each<[string, () => CosmosIdentityStoreOptions]>([
    ["with a container", () => ({ container: givenClient().database(DATABASE).container(backend.container.id) })],
    [
      "with a client and names",
      () => ({ client: givenClient(), databaseName: DATABASE, containerName: backend.container.id }),
    ],
    ["with an endpoint, a key and names", () => backend.endpointOptions],
  ])("%s", async (_, options) => {
    const store = new CosmosIdentityStore(options());
    expect((await store.insertIfAbsent(mappingOf(1))).inserted).toBe(true);
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    expect(await store.removeIfMatches(user(1), communicationUserId(1))).toBe(true);
  });
});

describe("a given client", () => {
  it("finds the regions of its account by itself", async () => {
    const { endpoint } = backend.gateway;
    const region = { name: "Here", databaseAccountEndpoint: `${endpoint}/` };
    backend.gateway.describeAccount({ readableLocations: [region], writableLocations: [region] });
    const client = new CosmosClient({ endpoint, key: KEY });
    const store = new CosmosIdentityStore({ client, databaseName: DATABASE, containerName: backend.container.id });
    expect((await store.insertIfAbsent(mappingOf(1))).inserted).toBe(true);
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    client.dispose();
  });

  it("is not made to repeat more than its own policy says", async () => {
    const store = new CosmosIdentityStore({
      container: givenClient().database(DATABASE).container(backend.container.id),
    });
    await store.get(user(1));
    backend.gateway.requests.length = 0;
    backend.gateway.fail("create item", { status: 449 });
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({ code: "store_unavailable" });
    expect(backend.operations).toEqual(["create item"]);
  });

  it("does not outlast the caller's abort signal with its waiting", async () => {
    const store = new CosmosIdentityStore({
      container: givenClient().database(DATABASE).container(backend.container.id),
    });
    await store.get(user(1));
    backend.gateway.fail("read item", { status: 429, headers: { "x-ms-retry-after-ms": "1500" } });
    const start = performance.now();
    await expect(store.get(user(1), { abortSignal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("impossible options", () => {
  const endpointOptions = {
    endpoint: "https://account.documents.example",
    key: KEY,
    databaseName: "database",
    containerName: "container",
  };

  it.each<[string, object]>([
    ["endpoint", { endpoint: "account" }],
    ["endpoint", { endpoint: undefined }],
    ["databaseName", { databaseName: "" }],
    ["containerName", { containerName: undefined }],
    ["credential", { key: undefined }],
    ["credential", { credential: { getToken: async () => null } }],
    ["key", { key: "" }],
    ["requestTimeoutInMs", { requestTimeoutInMs: 0 }],
    ["requestTimeoutInMs", { requestTimeoutInMs: 60_001 }],
    ["ttlInSeconds", { ttlInSeconds: 0 }],
    ["ttlInSeconds", { ttlInSeconds: 1.5 }],
    ["ttlInSeconds", { ttlInSeconds: 2_147_483_648 }],
    ["multipleWriteRegions", { multipleWriteRegions: "ignore" }],
  ])("are named: %s", (option, changes) => {
    const options = { ...endpointOptions, ...changes } satisfies object;
    expect(() => Reflect.construct(CosmosIdentityStore, [options])).toThrow(TypeError);
    expect(() => Reflect.construct(CosmosIdentityStore, [options])).toThrow(option);
    expect(() => Reflect.construct(CosmosIdentityStore, [options])).not.toThrow(KEY);
  });
});
