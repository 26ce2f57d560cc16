import type { UserKey } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { itemIdOf } from "../src/item-id.js";
import { Backend } from "./support/backend.js";
import { communicationUserId, mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

const LOOK_ALIKES: readonly UserKey[] = [
  { tenantId: "a", objectId: "bc" },
  { tenantId: "ab", objectId: "c" },
  { tenantId: "A", objectId: "bc" },
  { tenantId: "1:a", objectId: "b" },
  { tenantId: "1", objectId: ":ab" },
  { tenantId: "https://login.example/a?b#c", objectId: "../d\\e%2F" },
  { tenantId: "https://login.example/a?b#c", objectId: "../d\\e/" },
  { tenantId: "a", objectId: "\u00e9" },
  { tenantId: "a", objectId: "e\u0301" },
  { tenantId: "a", objectId: "\ud800" },
  { tenantId: "a", objectId: "\udfff" },
  { tenantId: "a", objectId: "\ufffd" },
  { tenantId: "a", objectId: '"' },
  { tenantId: "a", objectId: '\\"' },
  { tenantId: "a", objectId: "\n" },
  { tenantId: "a", objectId: "\\n" },
  { tenantId: "a", objectId: " " },
  { tenantId: "a", objectId: "x".repeat(1024) },
  { tenantId: "a", objectId: `${"x".repeat(1023)}X` },
];

describe("an item", () => {
  it("holds the mapping in clear", async () => {
    await backend.createStore().insertIfAbsent(mappingOf(1));
    const [item] = await backend.items();
    expect(item).toMatchObject({
      id: itemIdOf(user(1)),
      ...user(1),
      communicationUserId: communicationUserId(1),
      createdOn: "2026-01-02T03:04:05.678Z",
      insertId: expect.stringMatching(/^[\da-f-]{36}$/),
      ttl: -1,
    });
    expect(Object.keys(item ?? {}).filter((name) => !name.startsWith("_"))).toHaveLength(7);
  });

  it("is partitioned by its id", async () => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    await store.get(user(1));
    await store.removeIfMatches(user(1), communicationUserId(1));
    const keys = backend.gateway.requests.map(({ headers }) => headers["x-ms-documentdb-partitionkey"]);
    expect(new Set(keys.filter((key) => key !== undefined))).toEqual(new Set([JSON.stringify([itemIdOf(user(1))])]));
  });

  it("has an id within Cosmos DB's limits, the same for ever", () => {
    expect(itemIdOf({ tenantId: "tenant", objectId: "object" })).toBe(
      "0d9bc32bb9bd96e2073d41a4736380a5b50ee9d0f58bae190773bd4377d46e54",
    );
    for (const key of LOOK_ALIKES) expect(itemIdOf(key)).toMatch(/^[\da-f]{64}$/);
  });

  it("is another for every other user, whatever characters the ids hold", async () => {
    expect(new Set(LOOK_ALIKES.map(itemIdOf)).size).toBe(LOOK_ALIKES.length);
    const store = backend.createStore();
    for (const [n, key] of LOOK_ALIKES.entries()) await store.insertIfAbsent({ ...mappingOf(n), user: key });
    for (const [n, key] of LOOK_ALIKES.entries()) {
      expect(await store.get(key)).toEqual({ ...mappingOf(n), user: key });
    }
  });

  it.each([
    ["another user's tenant", { tenantId: user(1).objectId }],
    ["another user", { objectId: user(2).objectId }],
    ["no identity", { communicationUserId: undefined }],
    ["no time of creation", { createdOn: undefined }],
    ["an impossible time of creation", { createdOn: "yesterday" }],
    ["no insert id", { insertId: 1 }],
  ])("with %s is refused and not removed", async (_, changes) => {
    const store = backend.createStore();
    await store.insertIfAbsent(mappingOf(1));
    const id = itemIdOf(user(1));
    await backend.container.item(id, id).replace({ ...(await backend.items())[0], id, ...changes });
    await expect(store.get(user(1))).rejects.toMatchObject({ code: "mapping_invalid" });
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject({ code: "mapping_invalid" });
    await expect(store.removeIfMatches(user(1), communicationUserId(1))).rejects.toMatchObject({
      code: "mapping_invalid",
    });
    expect(await backend.items()).toHaveLength(1);
  });

  it("does not follow what the caller does to the mapping in the meantime", async () => {
    const mapping = { ...mappingOf(1), user: { ...user(1) } };
    const inserting = backend.createStore().insertIfAbsent(mapping);
    mapping.createdOn.setTime(0);
    mapping.user.objectId = "changed";
    expect(await inserting).toEqual({ inserted: true, mapping: mappingOf(1) });
    expect(await backend.items()).toEqual([expect.objectContaining({ ...user(1), id: itemIdOf(user(1)) })]);
  });
});
