import { AcsAuthError, type IdentityMapping, type ListMappingsOptions, type MappingPage } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import type { TableIdentityStore } from "../src/index.js";
import { expectCode, useTable } from "./support/harness.js";
import type { Fault } from "./support/scripted-proxy.js";
import { communicationUserId, mapping } from "./support/tables.js";

const fixture = useTable();
const BUSY: Fault = { status: 503, odata: "ServerBusy" };

async function pagesOf(store: TableIdentityStore, options?: ListMappingsOptions): Promise<MappingPage[]> {
  const pages = [];
  for await (const page of store.listMappings(options)) pages.push(page);
  return pages;
}

async function insertMany(store: TableIdentityStore, count: number): Promise<IdentityMapping[]> {
  const mappings = Array.from({ length: count }, (_, n) =>
    mapping({ user: { tenantId: "tenant", objectId: `user-${n}` }, communicationUserId: communicationUserId(n) }),
  );
  for (const each of mappings) await store.insertIfAbsent(each);
  return mappings;
}

const byId = (one: IdentityMapping, two: IdentityMapping) =>
  one.communicationUserId.localeCompare(two.communicationUserId);

describe("a listing", () => {
  it("costs one request a page", async () => {
    const { newStore, proxy } = fixture();
    const store = newStore();
    const mappings = await insertMany(store, 5);
    proxy.requests.length = 0;
    const pages = await pagesOf(store, { maxPageSize: 2 });
    expect(proxy.requests).toHaveLength(3);
    expect(pages.flatMap((page) => page.mappings).toSorted(byId)).toEqual(mappings);
  });

  it("asks for no more than the service gives, however large the page may be", async () => {
    const { newStore, proxy } = fixture();
    await pagesOf(newStore(), { maxPageSize: 1_000_000 });
    expect(proxy.requests.map(({ url }) => new URL(url, "http://host").searchParams.get("$top"))).toEqual(["1000"]);
  });

  it("goes on after passing failures of each page", async () => {
    const { newStore, proxy } = fixture();
    const store = newStore();
    const mappings = await insertMany(store, 4);
    proxy.fail("GET", BUSY, BUSY, "pass", BUSY, "lose-reply", "pass");
    const pages = await pagesOf(store, { maxPageSize: 2 });
    expect(pages.flatMap((page) => page.mappings).toSorted(byId)).toEqual(mappings);
  });

  it.each<[string, Fault]>([
    ["a failure", BUSY],
    ["JSON of another kind", { status: 200, body: "{}" }],
    ["a web page", { status: 200, body: "<html></html>" }],
    ["nothing", { status: 200, body: "" }],
  ])("rejects when %s answers every attempt, and can be continued", async (_, fault) => {
    const { newStore, proxy } = fixture();
    const store = newStore();
    const mappings = await insertMany(store, 3);
    const pages = store.listMappings({ maxPageSize: 2 })[Symbol.asyncIterator]();
    const { value: first } = await pages.next();
    proxy.fail("GET", fault, fault, fault);
    await expectCode(pages.next(), "store_unavailable");
    const rest = await pagesOf(newStore(), { continuationToken: first.continuationToken });
    expect([first, ...rest].flatMap((page) => page.mappings).toSorted(byId)).toEqual(mappings);
  });

  it("rejects for a table that does not exist", async () => {
    const { newStore, table } = fixture();
    await table.deleteTable();
    const { reason, message } = await expectCode(pagesOf(newStore()), "store_denied");
    expect(message).toMatch(/^The mappings could not be listed: /);
    expect(reason).toBe("table_not_found");
    await table.createTable();
  });

  it("gives rows that are no mapping of the user whom they name as unreadable, and goes on", async () => {
    const { newStore, table } = fixture();
    const store = newStore();
    const [moved, spoilt, sound] = await insertMany(store, 3);
    for await (const { partitionKey = "", rowKey = "", objectId } of table.listEntities()) {
      if (objectId === moved?.user.objectId) await table.updateEntity({ partitionKey, rowKey, objectId: "another" });
      if (objectId === spoilt?.user.objectId) await table.updateEntity({ partitionKey, rowKey, createdOn: "soon" });
    }
    await table.createEntity({ partitionKey: "foreign", rowKey: "row" });
    await table.createEntity({ partitionKey: "escaped", rowKey: "row", tenantId: "\\", objectId: '"' });

    const [page] = await pagesOf(newStore());
    expect(page?.mappings).toEqual([sound]);
    const unreadable = page?.unreadable ?? [];
    expect(unreadable.every(({ error }) => AcsAuthError.is(error, "mapping_invalid"))).toBe(true);
    expect(unreadable.map(({ user }) => user).filter((user) => user !== undefined)).toEqual([spoilt?.user]);
    expect(unreadable).toHaveLength(4);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s as page size", (maxPageSize) => {
    expect(() => fixture().newStore().listMappings({ maxPageSize })).toThrow(TypeError);
  });

  it.each(["", "nothing", "e30", Buffer.from('{"nextPartitionKey":1}').toString("base64")])(
    "refuses %j as continuation token",
    (continuationToken) => {
      expect(() => fixture().newStore().listMappings({ continuationToken })).toThrow(TypeError);
    },
  );
});
