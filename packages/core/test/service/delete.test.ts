import { describe, expect, it } from "vitest";
import { CREATE, DELETE, expectCode, useEmulator } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";

const { emulator, newService, newUser, live, acsRequests } = useEmulator();

describe("deleteUser", () => {
  it("deletes the identity first and the mapping second", async () => {
    const { service, store } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    store.removeIfMatches = async (...args) => {
      expect(live()).toEqual([]);
      return ScriptedStore.prototype.removeIfMatches.apply(store, args);
    };
    expect(await service.deleteUser(user)).toEqual({ deleted: true });
    expect(await service.getUser(user)).toBeUndefined();
  });

  it("says so when there was nothing to delete, and asks ACS nothing", async () => {
    const { service } = newService();
    expect(await service.deleteUser(newUser())).toEqual({ deleted: false });
    expect(acsRequests()).toBe(0);
  });

  it("keeps the mapping while ACS fails, so that repeating finishes the job", async () => {
    const { service } = newService();
    const user = newUser();
    const { communicationUserId } = await service.getOrCreateUser(user);
    const fault = emulator().faults.add({
      service: "communication",
      method: "DELETE",
      path: "/identities/{id}",
      status: 500,
    });
    await expectCode(service.deleteUser(user), "acs_unavailable");
    expect(acsRequests(DELETE)).toBe(3);
    expect((await service.getUser(user))?.communicationUserId).toBe(communicationUserId);
    fault.remove();
    expect(await service.deleteUser(user)).toEqual({ deleted: true });
    expect(live()).toEqual([]);
  });

  it.each(["same", "another"])("is finished by %s process after a crash between the two steps", async (process) => {
    const backend: Backend = new Map();
    const crashed = newService({ store: new ScriptedStore(backend) });
    const user = newUser();
    await crashed.service.getOrCreateUser(user);
    crashed.store.fail("removeIfMatches", { when: "before" }, 2);
    await expectCode(crashed.service.deleteUser(user), "store_unavailable");
    expect(live()).toEqual([]);
    expect(backend.size).toBe(1);
    const { service } = process === "same" ? crashed : newService({ store: new ScriptedStore(backend) });
    expect(await service.deleteUser(user)).toEqual({ deleted: true });
    expect(backend.size).toBe(0);
    expect(live()).toEqual([]);
  });

  it("learns its resource once, and cleans up after itself, when a fresh process meets a deleted identity", async () => {
    const backend: Backend = new Map();
    const setup = newService({ store: new ScriptedStore(backend) });
    const users = [newUser(), newUser(), newUser()];
    for (const user of users) {
      await setup.service.getOrCreateUser(user);
      setup.store.fail("removeIfMatches", { when: "before" }, 2);
      await setup.service.deleteUser(user).catch(() => {});
    }
    const before = acsRequests(CREATE);
    const fresh = newService({ store: new ScriptedStore(backend) });
    await Promise.all(users.map((user) => fresh.service.deleteUser(user)));
    expect(acsRequests(CREATE) - before).toBe(1);
    expect(live()).toEqual([]);
    expect(backend.size).toBe(0);
  });

  it("survives a lost reply of ACS and of the store", async () => {
    const { service, store } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    emulator().faults.add({
      service: "communication",
      method: "DELETE",
      path: "/identities/{id}",
      connection: "reset",
      stage: "after",
      times: 1,
    });
    store.fail("removeIfMatches", { when: "after" });
    expect(await service.deleteUser(user)).toEqual({ deleted: true });
    expect(await service.getUser(user)).toBeUndefined();
    expect(live()).toEqual([]);
  });

  it("resolves concurrent calls with one `deleted: true`", async () => {
    const backend: Backend = new Map();
    const servers = [1, 2, 3].map(() => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    await servers[0]?.service.getOrCreateUser(user);
    const results = await Promise.all(
      servers.flatMap(({ service }) => [service.deleteUser(user), service.deleteUser(user)]),
    );
    expect(results.filter(({ deleted }) => deleted)).toHaveLength(1);
    expect(live()).toEqual([]);
  });

  it("does not remove the mapping of an identity made after it began", async () => {
    const backend: Backend = new Map();
    const [slow, quick] = [1, 2].map(() => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    await quick?.service.getOrCreateUser(user);
    const removal = slow?.store.removeIfMatches.bind(slow.store);
    if (!slow || !quick || !removal) throw new Error("unreachable");
    let renewed = "";
    slow.store.removeIfMatches = async (...args) => {
      await quick.service.deleteUser(user);
      renewed = (await quick.service.getOrCreateUser(user)).communicationUserId;
      return removal(...args);
    };
    expect(await slow.service.deleteUser(user)).toEqual({ deleted: false });
    expect((await quick.service.getUser(user))?.communicationUserId).toBe(renewed);
    expect(live()).toEqual([renewed]);
  });
});
