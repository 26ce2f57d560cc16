import { describe, expect, it } from "vitest";
import { expectCode, newMapping, useGraph } from "./support/harness.js";

const { emulator, newStore, newAppOnlyStore, requests, signIn, userKey } = useGraph();

describe("app-only access", () => {
  it("finds, inserts and removes without a signed-in user", async () => {
    const store = newAppOnlyStore();
    const user = userKey("user-one");
    const mapping = newMapping(user);
    expect(await store.get(user)).toBeUndefined();
    expect(await store.insertIfAbsent(mapping)).toEqual({ inserted: true, mapping });
    expect(await store.insertIfAbsent(newMapping(user))).toEqual({ inserted: false, mapping });
    expect(await store.removeIfMatches(user, mapping.communicationUserId)).toBe(true);
    expect(await store.removeIfMatches(user, mapping.communicationUserId)).toBe(false);
  });

  it("shares its mappings with delegated access", async () => {
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await newStore().insertIfAbsent(mapping, options);
    expect(await newAppOnlyStore().get(user)).toEqual(mapping);
  });

  it("tells a missing user from a missing extension", async () => {
    const user = { ...userKey("user-one"), objectId: "b0000000-0000-4000-8000-00000000dead" };
    const store = newAppOnlyStore();
    const mapping = newMapping(user);
    for (const call of [
      () => store.get(user),
      () => store.insertIfAbsent(mapping),
      () => store.removeIfMatches(user, mapping.communicationUserId),
    ]) {
      expect((await expectCode(call(), "store_denied")).reason).toBe("user_not_found");
    }
  });

  it("names the least permission where it is missing", async () => {
    emulator().faults.add({ service: "graph", status: 403, code: "Authorization_RequestDenied" });
    const error = await expectCode(newAppOnlyStore().get(userKey("user-one")), "store_denied");
    expect(error.message).toContain("User.ReadWrite.All");
  });

  it("reads with one request to Graph", async () => {
    await newAppOnlyStore().get(userKey("user-one"));
    expect(requests("graph")).toBe(1);
  });
});
