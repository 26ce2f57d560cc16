import { describe, expect, it } from "vitest";
import {
  CREATE,
  DELETE,
  EXTENSION_NAME,
  expectCode,
  newMapping,
  READ,
  rejection,
  useGraph,
} from "./support/harness.js";

const { emulator, newStore, requests, signIn, asUser } = useGraph();

describe("one caller", () => {
  it("finds nothing, inserts, finds it again, removes it", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    expect(await store.get(user, options)).toBeUndefined();
    expect(await store.insertIfAbsent(mapping, options)).toEqual({ inserted: true, mapping });
    expect(await store.get(user, options)).toEqual(mapping);
    expect(await store.removeIfMatches(user, mapping.communicationUserId, options)).toBe(true);
    expect(await store.get(user, options)).toBeUndefined();
    expect(await store.removeIfMatches(user, mapping.communicationUserId, options)).toBe(false);
  });

  it("never overwrites, and hands out what was there first", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const first = newMapping(user);
    await store.insertIfAbsent(first, options);
    expect(await store.insertIfAbsent(newMapping(user), options)).toEqual({ inserted: false, mapping: first });
    expect(await store.get(user, options)).toEqual(first);
  });

  it("removes nothing that names another identity", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    expect(await store.removeIfMatches(user, newMapping(user).communicationUserId, options)).toBe(false);
    expect(await store.get(user, options)).toEqual(mapping);
  });

  it("keeps users and tenants apart", async () => {
    const store = newStore();
    const [one, two, foreign] = [await signIn("user-one"), await signIn("user-two"), await signIn("foreign")];
    const mapping = newMapping(one.user);
    await store.insertIfAbsent(mapping, one.options);
    expect(await store.get(two.user, two.options)).toBeUndefined();
    expect(await store.get(foreign.user, foreign.options)).toBeUndefined();
    const others = newMapping(foreign.user);
    expect(await store.insertIfAbsent(others, foreign.options)).toEqual({ inserted: true, mapping: others });
    expect(await store.get(one.user, one.options)).toEqual(mapping);
  });

  it("knows a user by ids in any case, and answers with the ids it was given", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    const upperCase = { tenantId: user.tenantId.toUpperCase(), objectId: user.objectId.toUpperCase() };
    expect(await store.get(upperCase, options)).toEqual({ ...mapping, user: upperCase });
  });

  it("hands out copies", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    const createdOn = mapping.createdOn.getTime();
    const inserted = await store.insertIfAbsent(mapping, options);
    mapping.createdOn.setFullYear(1999);
    inserted.mapping.createdOn.setFullYear(1998);
    expect((await store.get(user, options))?.createdOn.getTime()).toBe(createdOn);
  });

  it("writes flat strings into an extension of its name", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    const stored: unknown = await (await asUser("user-one", "GET", `/${EXTENSION_NAME}`)).json();
    expect(stored).toMatchObject({
      "@odata.type": "#microsoft.graph.openTypeExtension",
      extensionName: EXTENSION_NAME,
      communicationUserId: mapping.communicationUserId,
      createdOn: "2026-01-02T03:04:05.678Z",
      signingKeyId: "test",
      signature: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe("a race", () => {
  it.each([
    ["without replica lag", {}],
    ["with reads that are 300 ms late", { milliseconds: 300 }],
    ["with 3 late reads", { reads: 3 }],
  ])("of 8 stores has one winner and one mapping, %s", async (_, lag) => {
    emulator().graph.setReplicaLag(lag);
    const { user, options } = await signIn();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => newStore().insertIfAbsent(newMapping(user), options)),
    );
    expect(results.filter(({ inserted }) => inserted)).toHaveLength(1);
    expect(new Set(results.map(({ mapping }) => mapping.communicationUserId)).size).toBe(1);
  });

  it("of 8 removals has one winner", async () => {
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await newStore().insertIfAbsent(mapping, options);
    const results = await Promise.all(
      Array.from({ length: 8 }, () => newStore().removeIfMatches(user, mapping.communicationUserId, options)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it("whose winner cannot be read for long ends in an honest error, after a bounded number of reads", async () => {
    const { user, options } = await signIn();
    emulator().graph.setReplicaLag({ milliseconds: 60_000 });
    await newStore().insertIfAbsent(newMapping(user), options);
    const started = performance.now();
    const error = await expectCode(newStore().insertIfAbsent(newMapping(user), options), "store_unavailable");
    expect(error.reason).toBe("not_yet_visible");
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(requests("graph", READ)).toBe(6);
  });

  it("whose winner cannot be read yet can be left by the caller", async () => {
    const { user, options } = await signIn();
    emulator().graph.setReplicaLag({ milliseconds: 60_000 });
    await newStore().insertIfAbsent(newMapping(user), options);
    const started = performance.now();
    const abortSignal = AbortSignal.timeout(300);
    const error = await rejection(newStore().insertIfAbsent(newMapping(user), { ...options, abortSignal }));
    expect(error).toHaveProperty("name", "AbortError");
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe("a reply that is lost", () => {
  it("is no conflict with oneself: the repetition counts as the insertion", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    emulator().faults.add({ service: "graph", method: "POST", times: 1, stage: "after", connection: "reset" });
    await expectCode(store.insertIfAbsent(mapping, options), "store_unavailable");
    expect(requests("graph", CREATE)).toBe(1);
    expect(await store.insertIfAbsent(mapping, options)).toEqual({ inserted: true, mapping });
    expect(await store.get(user, options)).toEqual(mapping);
  });

  it("behind a 504 is not repeated by the SDK", async () => {
    const { user, options } = await signIn();
    emulator().faults.add({ service: "graph", method: "POST", times: 1, stage: "after", status: 504 });
    await expectCode(newStore().insertIfAbsent(newMapping(user), options), "store_unavailable");
    expect(requests("graph", CREATE)).toBe(1);
  });

  it("of a removal is unknown to the caller, and the removal is not repeated", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    emulator().faults.add({ service: "graph", method: "DELETE", times: 1, stage: "after", status: 503 });
    await expectCode(store.removeIfMatches(user, mapping.communicationUserId, options), "store_unavailable");
    expect(requests("graph", DELETE)).toBe(1);
  });
});

describe("a conflict is settled by what is stored, not by words", () => {
  it.each([
    ["409", { status: 409, code: "Request_ResourceAlreadyExists" }],
    ["other words", { status: 400, code: "Request_BadRequest" }],
  ])("when Graph reports it as %s", async (_, answer) => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    emulator().faults.add({ service: "graph", method: "POST", times: 1, ...answer });
    expect(await store.insertIfAbsent(newMapping(user), options)).toEqual({ inserted: false, mapping });
  });

  it("even when the words speak of a limit", async () => {
    const store = newStore();
    const { user, options } = await signIn();
    const mapping = newMapping(user);
    await store.insertIfAbsent(mapping, options);
    const body = {
      error: { code: "BadRequest", message: "Maximum number of extensions values supported per application is 2." },
    };
    emulator().faults.add({ service: "graph", method: "POST", times: 1, status: 400, body });
    expect(await store.insertIfAbsent(newMapping(user), options)).toEqual({ inserted: false, mapping });
  });

  it("when the words claim a conflict and nothing is there, it is unknown", async () => {
    const { user, options } = await signIn();
    const body = { error: { code: "Request_BadRequest", message: "An extension already exists with given id." } };
    emulator().faults.add({ service: "graph", method: "POST", times: 1, status: 400, body });
    await expectCode(newStore().insertIfAbsent(newMapping(user), options), "store_unavailable");
  });
});

describe("Graph's limits", () => {
  it("of 2 extensions per app is a refusal that says what to do", async () => {
    const { user, options } = await signIn();
    await asUser("user-one", "POST", "", { extensionName: "com.example.a", a: "a" });
    await asUser("user-one", "POST", "", { extensionName: "com.example.b", b: "b" });
    const error = await expectCode(newStore().insertIfAbsent(newMapping(user), options), "store_denied");
    expect(error.reason).toBe("extension_limit");
    expect(error.message).toMatch(/2 open extensions/);
    expect(requests("graph", READ)).toBe(1);
  });

  it("of 2 KB is a refusal that says what to do", async () => {
    const { user, options } = await signIn();
    const mapping = { ...newMapping(user), communicationUserId: `8:acs:${"a".repeat(3_000)}` };
    const error = await expectCode(newStore().insertIfAbsent(mapping, options), "store_denied");
    expect(error.reason).toBe("extension_too_large");
  });
});
