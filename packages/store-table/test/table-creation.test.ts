import { describe, expect, it } from "vitest";
import { expectCode, useTable } from "./support/harness.js";
import { communicationUserId, findMapping, mapping, USER } from "./support/tables.js";

const fixture = useTable();
const ID = communicationUserId(1);

describe("a table that is to be created", () => {
  it("is created once, before the first calls", async () => {
    const { newStore, proxy, table } = fixture();
    await table.deleteTable();
    const store = newStore({ createTable: true });
    await Promise.all(Array.from({ length: 10 }, () => store.get(USER)));
    await store.insertIfAbsent(mapping());
    expect(await findMapping(table, USER)).toBe(ID);
    expect(proxy.requests.filter(({ url }) => url.includes("/Tables"))).toHaveLength(1);
  });

  it("may exist already", async () => {
    const { newStore } = fixture();
    expect((await newStore({ createTable: true }).insertIfAbsent(mapping())).inserted).toBe(true);
    expect((await newStore({ createTable: true }).insertIfAbsent(mapping())).inserted).toBe(false);
  });

  it("is tried again after a failure", async () => {
    const { newStore, proxy, table } = fixture();
    await table.deleteTable();
    const store = newStore({ createTable: true });
    proxy.fail("POST", { status: 403, odata: "AuthorizationFailure" });
    await expectCode(store.get(USER), "store_denied");
    expect(await store.get(USER)).toBeUndefined();
  });

  it("is not waited for by a caller who leaves", async () => {
    const { newStore, proxy } = fixture();
    const store = newStore({ createTable: true });
    proxy.fail("POST", "hang");
    const leaving = store.get(USER, { abortSignal: AbortSignal.timeout(100) });
    await expect(leaving).rejects.toMatchObject({ name: "AbortError" });
  });
});
