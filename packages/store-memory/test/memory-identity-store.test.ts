import { AcsAuthError, type IdentityMapping } from "@acs-auth/core";
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
