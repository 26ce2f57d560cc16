import { AcsAuthError, type IdentityMapping, type ListMappingsOptions, type MappingPage } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import type { CosmosIdentityStore } from "../src/index.js";
import { itemIdOf } from "../src/item-id.js";
import { Backend } from "./support/backend.js";
import type { Fault } from "./support/faulty-gateway.js";
import { mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

async function pagesOf(store: CosmosIdentityStore, options?: ListMappingsOptions): Promise<MappingPage[]> {
  const pages = [];
  for await (const page of store.listMappings(options)) pages.push(page);
  return pages;
}

async function insertMany(store: CosmosIdentityStore, count: number): Promise<IdentityMapping[]> {
  const mappings = Array.from({ length: count }, (_, n) => mappingOf(n));
  for (const mapping of mappings) await store.insertIfAbsent(mapping);
  return mappings;
}

function mappingsOf(pages: readonly MappingPage[]): IdentityMapping[] {
  const mappings = pages.flatMap((page) => page.mappings);
  return mappings.toSorted((one, two) => one.communicationUserId.localeCompare(two.communicationUserId));
}

describe("a listing", () => {
  it("costs one query a page, over all partitions", async () => {
    const store = await backend.createReadyStore();
    const mappings = await insertMany(store, 5);
    backend.gateway.requests.length = 0;
    const pages = await pagesOf(store, { maxPageSize: 2 });
    expect(mappingsOf(pages)).toEqual(mappings);
    const queries = backend.gateway.requests.filter(({ operation }) => operation === "list items");
    expect(queries).toHaveLength(3);
    for (const { headers } of queries) {
      expect(headers["x-ms-max-item-count"]).toBe("2");
      expect(headers["x-ms-documentdb-query-enablecrosspartition"]).toBe("true");
      expect(headers["x-ms-documentdb-partitionkey"]).toBeUndefined();
    }
  });

  it("asks for no more than a thousand items at once, however large the page may be", async () => {
    await pagesOf(backend.createStore(), { maxPageSize: 1_000_000 });
    const [query] = backend.gateway.requests.filter(({ operation }) => operation === "list items");
    expect(query?.headers["x-ms-max-item-count"]).toBe("1000");
  });

  it.each<[string, Fault]>([
    ["is throttled", { status: 429, headers: { "x-ms-retry-after-ms": "10" } }],
    ["fails", { status: 503 }],
    ["is cut", "cut"],
    ["is lost", "lose reply"],
  ])("goes on after a page that %s twice", async (_, fault) => {
    const store = await backend.createReadyStore();
    const mappings = await insertMany(store, 3);
    const pages = store.listMappings({ maxPageSize: 2 })[Symbol.asyncIterator]();
    const { value: first } = await pages.next();
    backend.gateway.fail("list items", fault, 2);
    const { value: second } = await pages.next();
    expect(mappingsOf([first, second])).toEqual(mappings);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });

  it("steps over a page without items", async () => {
    const store = await backend.createReadyStore();
    const mappings = await insertMany(store, 3);
    backend.gateway.fail("list items", {
      status: 200,
      headers: { "x-ms-continuation": "null", "x-ms-request-charge": "2.3" },
      body: JSON.stringify({ Documents: [], _count: 0 }),
    });
    const pages = await pagesOf(store);
    expect(pages).toHaveLength(2);
    expect(mappingsOf(pages)).toEqual(mappings);
  });

  it.each<[string, Fault]>([
    ["a failure", { status: 500 }],
    ["JSON of another kind", { status: 200, body: "{}" }],
    ["a web page", { status: 200, headers: { "content-type": "text/html" }, body: "<html></html>" }],
    ["nothing", { status: 200, body: "" }],
  ])("rejects when %s answers every attempt, and can be continued", async (_, fault) => {
    const store = await backend.createReadyStore();
    const mappings = await insertMany(store, 3);
    const pages = store.listMappings({ maxPageSize: 2 })[Symbol.asyncIterator]();
    const { value: first } = await pages.next();
    backend.gateway.fail("list items", fault, 3);
    await expect(pages.next()).rejects.toMatchObject({ code: "store_unavailable" });
    const rest = await pagesOf(backend.createStore(), { continuationToken: first.continuationToken });
    expect(mappingsOf([first, ...rest])).toEqual(mappings);
  });

  it.each([
    [{ status: 400 }, "request_refused"],
    [{ status: 401 }, "credentials_refused"],
    [{ status: 403, substatus: 5301 }, "permission_missing"],
    [{ status: 404, substatus: 1003 }, "container_not_found"],
    [{ status: 404 }, "container_not_found"],
  ])("rejects at once when the answer is %j", async (answer, reason) => {
    const store = await backend.createReadyStore();
    backend.gateway.fail("list items", answer);
    await expect(pagesOf(store)).rejects.toMatchObject({ code: "store_denied", reason });
  });

  it("checks the container first", async () => {
    backend.gateway.describeAccount({ enableMultipleWriteLocations: true });
    await expect(pagesOf(backend.createStore())).rejects.toMatchObject({ reason: "multiple_write_regions" });
  });

  it("gives items that are no mapping of the user whom they name as unreadable, and goes on", async () => {
    const store = await backend.createReadyStore();
    const [, , sound] = await insertMany(store, 3);
    const replace = async (n: number, changes: Readonly<Record<string, unknown>>) => {
      const id = itemIdOf(user(n));
      const items = await backend.items();
      await backend.container.item(id, id).replace({ ...items.find((item) => item["id"] === id), id, ...changes });
    };
    await replace(0, { objectId: user(9).objectId });
    await replace(1, { createdOn: "soon" });
    await backend.container.items.create({ id: "foreign" });
    await backend.container.items.create({ id: "escaped", tenantId: "\\", objectId: '"' });

    const pages = await pagesOf(store);
    expect(mappingsOf(pages)).toEqual([sound]);
    const unreadable = pages.flatMap((page) => page.unreadable);
    expect(unreadable.every(({ error }) => AcsAuthError.is(error, "mapping_invalid"))).toBe(true);
    expect(unreadable.map((each) => each.user).filter((each) => each !== undefined)).toEqual([user(1)]);
    expect(unreadable).toHaveLength(4);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s as page size", (maxPageSize) => {
    expect(() => backend.createStore().listMappings({ maxPageSize })).toThrow(TypeError);
  });

  it.each(["", "a\r\nb", "é"])("refuses %j as continuation token", (continuationToken) => {
    expect(() => backend.createStore().listMappings({ continuationToken })).toThrow(TypeError);
  });
});
