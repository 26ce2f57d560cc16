import { captureLogs } from "test-support";
import { beforeEach, describe, expect, it } from "vitest";
import { Backend } from "./support/backend.js";
import { mappingOf, user } from "./support/fixtures.js";

const backend = new Backend();

describe("an account with several write regions", () => {
  const logs = captureLogs("warning");
  beforeEach(() => backend.gateway.describeAccount({ enableMultipleWriteLocations: true }));

  it("is refused by default, before anything is read or written", async () => {
    const store = backend.createStore();
    const refused = { code: "store_denied", reason: "multiple_write_regions" };
    await expect(store.insertIfAbsent(mappingOf(1))).rejects.toMatchObject(refused);
    await expect(store.get(user(1))).rejects.toMatchObject(refused);
    expect(backend.operations.filter((operation) => operation.endsWith("item"))).toEqual([]);
  });

  it("is used with a warning, and with less promised, if that is asked for", async () => {
    const store = backend.createStore({ multipleWriteRegions: "warn" });
    expect(store.capabilities).toEqual({ insert: "best-effort", conditionalRemove: false, list: true });
    expect((await store.insertIfAbsent(mappingOf(1))).inserted).toBe(true);
    await store.get(user(2));
    expect(logs().filter((line) => line.includes("several write regions"))).toHaveLength(1);
    expect(logs().join()).toContain("acs-auth:store-cosmos:warning");
  });
});

describe("an account with one write region", () => {
  const logs = captureLogs("warning");

  it("is not warned of", async () => {
    await backend.createStore({ multipleWriteRegions: "warn" }).insertIfAbsent(mappingOf(1));
    expect(logs().filter((line) => line.includes("several write regions"))).toEqual([]);
  });
});
