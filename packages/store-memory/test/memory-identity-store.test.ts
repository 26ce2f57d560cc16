import { AcsAuthError, type IdentityMapping, type MappingPage } from "@acs-auth/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MemoryIdentityStore } from "../src/index.js";

const USER = { tenantId: "tenant", objectId: "user" };
const OTHER_ID = "8:acs:00000000-0000-0000-0000-000000000001_00000000-0000-0000-0000-000000000002";

function mapping(overrides: Partial<IdentityMapping> = {}): IdentityMapping {
  return {
    user: { ...USER },
    communicationUserId: "8:acs:00000000-0000-0000-0000-000000000001_00000000-0000-0000-0000-000000000001",
    createdOn: new Date("2026-01-02T03:04:05.678Z"),
    ...overrides,
  };
}

describe("MemoryIdentityStore", () => {
  it("answers undefined for an absent user", async () => {
    expect(await new MemoryIdentityStore().get(USER)).toBeUndefined();
  });

  it("keeps the first mapping and returns it to later inserts", async () => {
    const store = new MemoryIdentityStore();
    expect(await store.insertIfAbsent(mapping())).toEqual({ inserted: true, mapping: mapping() });
    expect(await store.insertIfAbsent(mapping({ communicationUserId: OTHER_ID }))).toEqual({
      inserted: false,
      mapping: mapping(),
    });
    expect(await store.get(USER)).toEqual(mapping());
  });

  it("lets exactly one of many concurrent inserts win", async () => {
    const store = new MemoryIdentityStore();
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, n) => store.insertIfAbsent(mapping({ createdOn: new Date(n) }))),
    );
    expect(results.filter(({ inserted }) => inserted)).toHaveLength(1);
    expect(new Set(results.map((result) => result.mapping.createdOn.getTime())).size).toBe(1);
  });

  it("removes only while the stored id matches, and once", async () => {
    const store = new MemoryIdentityStore();
    const { communicationUserId } = mapping();
    await store.insertIfAbsent(mapping());
    expect(await store.removeIfMatches(USER, OTHER_ID)).toBe(false);
    expect(await store.get(USER)).toEqual(mapping());
    const removals = await Promise.all(
      Array.from({ length: 10 }, () => store.removeIfMatches(USER, communicationUserId)),
    );
    expect(removals.filter(Boolean)).toHaveLength(1);
    expect(await store.get(USER)).toBeUndefined();
  });

  it("takes and hands out copies", async () => {
    const store = new MemoryIdentityStore();
    const inserted = mapping();
    const result = await store.insertIfAbsent(inserted);
    inserted.createdOn.setTime(0);
    Object.assign(inserted.user, { objectId: "changed" });
    result.mapping.createdOn.setTime(0);
    Object.assign(result.mapping, { communicationUserId: "changed" });
    (await store.get(USER))?.createdOn.setTime(0);
    expect(await store.get(USER)).toEqual(mapping());
  });

  it("keeps users apart whose ids differ only in where they are cut, in case or in Unicode form", async () => {
    const store = new MemoryIdentityStore();
    const users = [
      { tenantId: "1:a", objectId: "b" },
      { tenantId: "1", objectId: ":ab" },
      { tenantId: "ab", objectId: "c" },
      { tenantId: "a", objectId: "bc" },
      { tenantId: "A", objectId: "bc" },
      { tenantId: "a", objectId: "\u00e9" },
      { tenantId: "a", objectId: "e\u0301" },
    ];
    for (const user of users) await store.insertIfAbsent(mapping({ user }));
    expect(store.size).toBe(users.length);
  });

  it("refuses, rather than forgets, at its bound", async () => {
    const store = new MemoryIdentityStore({ maxEntries: 1 });
    await store.insertIfAbsent(mapping());
    const refused = store.insertIfAbsent(mapping({ user: { tenantId: "tenant", objectId: "second" } }));
    await expect(refused).rejects.toSatisfy((error) => AcsAuthError.is(error, "store_denied"));
    expect(await store.get(USER)).toEqual(mapping());
    expect((await store.insertIfAbsent(mapping())).inserted).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN])("does not accept %s as a bound", (maxEntries) => {
    expect(() => new MemoryIdentityStore({ maxEntries })).toThrow(TypeError);
  });

  it("does nothing for a call that is already aborted", async () => {
    const store = new MemoryIdentityStore();
    const abortSignal = AbortSignal.abort();
    await expect(store.insertIfAbsent(mapping(), { abortSignal })).rejects.toMatchObject({ name: "AbortError" });
    expect(store.size).toBe(0);
  });

  describe("in production", () => {
    afterEach(() => vi.unstubAllEnvs());

    it("warns that mappings are not kept", async () => {
      vi.stubEnv("NODE_ENV", "production");
      const warned = new Promise((resolve) => process.once("warning", resolve));
      new MemoryIdentityStore();
      expect(await warned).toMatchObject({ code: "ACS_AUTH_MEMORY_STORE" });
    });
  });
});

describe("a listing", () => {
  const user = (n: number) => ({ tenantId: "tenant", objectId: `user-${n}` });

  async function storeWith(count: number): Promise<MemoryIdentityStore> {
    const store = new MemoryIdentityStore();
    for (let n = 0; n < count; n++) await store.insertIfAbsent(mapping({ user: user(n) }));
    return store;
  }

  async function usersOf(pages: AsyncIterable<MappingPage>): Promise<(string[] | undefined)[]> {
    const users = [];
    for await (const page of pages) users.push(page.mappings.map((each) => each.user.objectId));
    return users;
  }

  it("ends, although mappings are inserted all the time", async () => {
    const store = await storeWith(3);
    let given = 0;
    for await (const page of store.listMappings({ maxPageSize: 1 })) {
      given += page.mappings.length;
      if (given > 3) break;
      await store.insertIfAbsent(mapping({ user: user(100 + given) }));
    }
    expect(given).toBe(3);
  });

  it("continues after a mapping that has been removed since", async () => {
    const store = await storeWith(4);
    const { value: first } = await store.listMappings({ maxPageSize: 2 })[Symbol.asyncIterator]().next();
    for (const n of [1, 2]) await store.removeIfMatches(user(n), mapping().communicationUserId);
    expect(await usersOf(store.listMappings({ continuationToken: first.continuationToken }))).toEqual([["user-3"]]);
  });

  it("tells a page that is full and last from one that others follow", async () => {
    const store = await storeWith(4);
    expect(await usersOf(store.listMappings({ maxPageSize: 2 }))).toEqual([
      ["user-0", "user-1"],
      ["user-2", "user-3"],
    ]);
  });

  it("refuses a token of another instance, or one that is none", async () => {
    const { value: page } = await (await storeWith(2)).listMappings({ maxPageSize: 1 })[Symbol.asyncIterator]().next();
    const { continuationToken } = page;
    const other = await storeWith(2);
    for (const token of [continuationToken, "", "1", `${continuationToken}x`, "/1"]) {
      expect(() => other.listMappings({ continuationToken: token })).toThrow(TypeError);
    }
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s as page size", async (maxPageSize) => {
    expect(() => new MemoryIdentityStore().listMappings({ maxPageSize })).toThrow(TypeError);
  });
});
