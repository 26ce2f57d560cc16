import { describe, expect, it } from "vitest";
import { AcsAuthError, createIdentityClient } from "../../src/index.js";
import { CREATE, DELETE, expectCode, useEmulator } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";

const { emulator, newService, newUser, live, acsRequests, violations } = useEmulator();

describe("a failed write of the mapping", () => {
  it("is settled as success when the reply was lost after the write", async () => {
    const { service, store, orphans } = newService();
    const user = newUser();
    store.fail("insertIfAbsent", { when: "after" });
    const result = await service.getOrCreateUser(user);
    expect(result.created).toBe(true);
    expect(live()).toEqual([result.communicationUserId]);
    expect(orphans).toEqual([]);
  });

  it("is repeated with the same identity when nothing was written", async () => {
    const { service, store, orphans } = newService();
    const user = newUser();
    store.fail("insertIfAbsent", { when: "before" });
    const result = await service.getOrCreateUser(user);
    expect(live()).toEqual([result.communicationUserId]);
    expect(store.calls).toEqual(["get", "insertIfAbsent", "get", "insertIfAbsent"]);
    expect(orphans).toEqual([]);
  });

  it("is not repeated when another call has deleted the user since", async () => {
    const backend: Backend = new Map();
    const { service, store } = newService({ store: new ScriptedStore(backend) });
    const other = newService({ store: new ScriptedStore(backend) });
    const user = newUser();
    const insert = store.insertIfAbsent.bind(store);
    store.insertIfAbsent = async (mapping) => {
      store.insertIfAbsent = insert;
      await insert(mapping);
      await other.service.deleteUser(user);
      throw new Error("reply lost");
    };
    await expectCode(service.getOrCreateUser(user), "mapping_outcome_unknown");
    expect(backend.size).toBe(0);
    expect(live()).toEqual([]);
  });

  it("returns another's mapping and deletes its own identity when another call was first", async () => {
    const backend: Backend = new Map();
    const { service, store, orphans } = newService({ store: new ScriptedStore(backend) });
    const other = newService({ store: new ScriptedStore(backend) });
    const user = newUser();
    const slow = emulator().faults.add({
      service: "communication",
      method: "POST",
      path: "/identities",
      times: 1,
      delayInMs: 300,
    });
    store.fail("insertIfAbsent", { when: "before" });
    const losing = service.getOrCreateUser(user);
    await new Promise((resolve) => setTimeout(resolve, 100));
    slow.remove();
    const winner = await other.service.getOrCreateUser(user);
    expect(await losing).toEqual({ communicationUserId: winner.communicationUserId, created: false });
    expect(live()).toEqual([winner.communicationUserId]);
    expect(orphans).toEqual([]);
  });

  it("is reported with the identity, which is kept, when its outcome stays unknown", async () => {
    const { service, store, orphans } = newService();
    const user = newUser();
    store.fail("insertIfAbsent", { when: "before" }, 2);
    const read = store.get.bind(store);
    let reads = 0;
    store.get = (...args) => (++reads > 1 ? Promise.reject(new Error("store down")) : read(...args));
    const error = await expectCode(service.getOrCreateUser(user), "mapping_outcome_unknown");
    expect(error.communicationUserId).toBe(live()[0]);
    expect(orphans).toMatchObject([
      { certainty: "possible", reason: "mapping_outcome_unknown", communicationUserId: live()[0], user },
    ]);
    expect(acsRequests(DELETE)).toBe(0);
  });

  it("is found by the next call when the write arrives after the call has failed", async () => {
    const backend: Backend = new Map();
    const { service, store, orphans } = newService({ store: new ScriptedStore(backend), timeoutInMs: 300 });
    const user = newUser();
    let arrive = () => {};
    const insert = store.insertIfAbsent.bind(store);
    store.insertIfAbsent = (mapping) =>
      new Promise((_, reject) => {
        arrive = () => void insert(mapping).then(() => reject(new Error("reply lost")));
      });
    await expectCode(service.getOrCreateUser(user), "mapping_outcome_unknown");
    arrive();
    await expect.poll(() => backend.size).toBe(1);
    const found = await newService({ store: new ScriptedStore(backend) }).service.getOrCreateUser(user);
    expect(found).toEqual({ communicationUserId: orphans[0]?.communicationUserId, created: false });
    expect(live()).toEqual([found.communicationUserId]);
  });

  it.each(["store_denied", "throttled"] as const)(
    "deletes the identity when the store refused with %s",
    async (code) => {
      const { service, store, orphans } = newService();
      const refusal = new AcsAuthError(code, "Refused.", { retryAfterInMs: 1_000 });
      store.fail("insertIfAbsent", { when: "before", error: refusal });
      const error = await expectCode(service.getOrCreateUser(newUser()), code);
      expect(error.retryAfterInMs).toBe(1_000);
      expect(live()).toEqual([]);
      expect(orphans).toEqual([]);
    },
  );

  it.each(["store_denied", "throttled"] as const)(
    "that may still arrive keeps its identity although its repetition is refused with %s",
    async (code) => {
      const { service, store, orphans } = newService({ timeoutInMs: 1_000 });
      store.fail("insertIfAbsent", { when: "hang" });
      store.fail("insertIfAbsent", { when: "before", error: new AcsAuthError(code, "Refused.") });
      const user = newUser();
      const error = await expectCode(service.getOrCreateUser(user), "mapping_outcome_unknown");
      expect(live()).toEqual([error.communicationUserId]);
      expect(orphans).toMatchObject([{ certainty: "possible", communicationUserId: error.communicationUserId, user }]);
    },
  );

  it("takes throttling at its word when reading is throttled too: the identity is deleted, not left behind", async () => {
    const { service, store, orphans } = newService();
    const throttled = new AcsAuthError("throttled", "Refused.", { retryAfterInMs: 60_000 });
    store.insertIfAbsent = async () => {
      store.get = () => Promise.reject(throttled);
      throw throttled;
    };
    const error = await expectCode(service.getOrCreateUser(newUser()), "throttled");
    expect(error.retryAfterInMs).toBe(60_000);
    expect(live()).toEqual([]);
    expect(orphans).toEqual([]);
  });

  it("does not take throttling at its word when the mapping is there after all", async () => {
    const { service, store, orphans } = newService();
    store.fail("insertIfAbsent", { when: "after", error: new AcsAuthError("throttled", "Refused.") });
    const { communicationUserId } = await service.getOrCreateUser(newUser());
    expect(live()).toEqual([communicationUserId]);
    expect(orphans).toEqual([]);
  });
});

describe("a failed clean-up", () => {
  it("of a loser is reported with its id, and the caller still gets the winner's", async () => {
    const backend: Backend = new Map();
    const { service, orphans } = newService({ store: new ScriptedStore(backend) });
    const user = newUser();
    const slow = emulator().faults.add({
      service: "communication",
      method: "POST",
      path: "/identities",
      times: 1,
      delayInMs: 300,
    });
    emulator().faults.add({ service: "communication", method: "DELETE", path: "/identities/{id}", status: 500 });
    const losing = service.getOrCreateUser(user);
    await new Promise((resolve) => setTimeout(resolve, 100));
    slow.remove();
    const winner = await newService({ store: new ScriptedStore(backend) }).service.getOrCreateUser(user);
    expect((await losing).communicationUserId).toBe(winner.communicationUserId);
    expect(orphans).toMatchObject([{ certainty: "certain", reason: "cleanup_failed" }]);
    expect(violations(backend, orphans)).toEqual([]);
    expect(violations(backend, [])).toEqual(["an identity was lost silently"]);
  });

  it("does not depend on the hook: one that throws or never returns changes nothing", async () => {
    for (const onOrphanedIdentity of [
      () => {
        throw new Error("hook failed");
      },
      () => Promise.reject(new Error("hook failed")),
      () => new Promise<void>(() => {}),
    ]) {
      const { service } = newService({ onOrphanedIdentity, timeoutInMs: 4_000 });
      emulator().faults.add({ service: "communication", method: "POST", path: "/identities", status: 500, times: 3 });
      await expectCode(service.getOrCreateUser(newUser()), "acs_unavailable");
    }
  });
});

describe("a creation whose reply was lost", () => {
  it("is reported as a possible orphan when the repetition succeeded", async () => {
    const { service, store, orphans } = newService();
    emulator().faults.add({
      service: "communication",
      method: "POST",
      path: "/identities",
      connection: "reset",
      stage: "after",
      times: 1,
    });
    const { communicationUserId } = await service.getOrCreateUser(newUser());
    expect(orphans).toMatchObject([
      { certainty: "possible", reason: "create_reply_lost", communicationUserId: undefined },
    ]);
    expect(live()).toHaveLength(2);
    expect(live()).toContain(communicationUserId);
    expect(store.calls).toEqual(["get", "insertIfAbsent"]);
  });

  it("is reported once per attempt when all failed", async () => {
    const { service, orphans } = newService();
    emulator().faults.add({
      service: "communication",
      method: "POST",
      path: "/identities",
      connection: "reset",
      stage: "after",
    });
    await expectCode(service.getOrCreateUser(newUser()), "acs_unavailable");
    expect(live()).toHaveLength(3);
    expect(orphans).toHaveLength(3);
  });

  it("is not repeated, and reported, when ACS never answers", async () => {
    const { service, orphans } = newService({ timeoutInMs: 1_000 });
    emulator().faults.add({ service: "communication", method: "POST", path: "/identities", connection: "hang" });
    await expectCode(service.getOrCreateUser(newUser()), "timeout");
    expect(acsRequests(CREATE)).toBe(1);
    expect(orphans).toMatchObject([{ certainty: "possible", reason: "create_reply_lost" }]);
  });

  it.each([
    ["a refusal", { status: 401, code: "Denied" }],
    ["throttling", { status: 429 }],
  ])("is not suspected after %s", async (_, fault) => {
    const { service, orphans } = newService();
    emulator().faults.add({ service: "communication", method: "POST", path: "/identities", ...fault });
    await service.getOrCreateUser(newUser()).catch(() => {});
    expect(orphans).toEqual([]);
  });

  it("is not suspected when no connection was made", async () => {
    const closed = "endpoint=https://localhost:9;accesskey=a2V5";
    const { service, orphans } = newService({ identityClient: createIdentityClient(closed) });
    await expectCode(service.getOrCreateUser(newUser()), "acs_unavailable");
    expect(orphans).toEqual([]);
  });

  it("is deleted again when the reply comes after the call has ended", async () => {
    let reply: (value: { communicationUserId: string }) => void = () => {};
    const client = createIdentityClient(emulator().communication.connectionString);
    const late = await client.createUser();
    const { service, orphans } = newService({
      timeoutInMs: 100,
      identityClient: {
        createUser: () => new Promise((resolve) => (reply = resolve)),
        createUserAndToken: client.createUserAndToken.bind(client),
        getToken: client.getToken.bind(client),
        revokeTokens: client.revokeTokens.bind(client),
        deleteUser: client.deleteUser.bind(client),
        getTokenForTeamsUser: client.getTokenForTeamsUser.bind(client),
      },
    });
    await expectCode(service.getOrCreateUser(newUser()), "timeout");
    expect(live()).toEqual([late.communicationUserId]);
    reply(late);
    await expect.poll(live).toEqual([]);
    expect(orphans).toHaveLength(1);
  });
});

describe("a caller who leaves", () => {
  it("does not stop a creation half-way", async () => {
    const { service, store } = newService();
    const user = newUser();
    emulator().faults.add({ service: "communication", method: "POST", path: "/identities", delayInMs: 200 });
    const abort = new AbortController();
    const call = service.getOrCreateUser(user, { abortSignal: abort.signal });
    await expect.poll(() => store.calls).toEqual(["get"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    abort.abort();
    await expectCode(call, "aborted");
    await expect.poll(async () => (await service.getUser(user))?.communicationUserId).toBe(live()[0]);
    await expect.poll(() => store.calls).toContain("insertIfAbsent");
  });
});
