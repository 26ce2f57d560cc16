import { describe, expect, it, vi } from "vitest";
import { CREATE, expectCode, ISSUE, useEmulator } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";

const { emulator, newService, newUser, acsRequests } = useEmulator();

describe("remote calls", () => {
  it("are one, to ACS, for a token of a user seen before", async () => {
    const { service, store } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    await service.issueToken(user);
    store.calls.length = 0;
    emulator().requests.clear();
    for (let n = 0; n < 5; n++) await service.issueToken(user);
    expect(store.calls).toEqual([]);
    expect(acsRequests()).toBe(5);
    expect(acsRequests(ISSUE)).toBe(5);
  });

  it("are three for a new user: read, create with token, write", async () => {
    const { service, store } = newService();
    const { token, expiresOn } = await service.issueToken(newUser(), { createIfMissing: true });
    expect(token).not.toBe("");
    expect(expiresOn.getTime()).toBeGreaterThan(Date.now());
    expect(store.calls).toEqual(["get", "insertIfAbsent"]);
    expect(acsRequests()).toBe(1);
    expect(acsRequests(CREATE)).toBe(1);
  });

  it("are shared by concurrent calls for the same token", async () => {
    const { service } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => service.issueToken(user)));
    expect(acsRequests(ISSUE)).toBe(1);
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    await Promise.all([service.issueToken(user, { scopes: ["chat"] }), service.issueToken(user, { scopes: ["voip"] })]);
    expect(acsRequests(ISSUE)).toBe(3);
  });

  it("are not shared by a call that comes after a deletion with one from before it", async () => {
    const { service } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    const path = "/identities/{id}/:issueAccessToken";
    emulator().faults.add({ service: "communication", path, delayInMs: 400, stage: "after", times: 1 });
    const before = service.issueToken(user);
    await expect.poll(() => acsRequests(ISSUE)).toBe(1);
    await service.deleteUser(user);
    await expectCode(service.issueToken(user), "identity_not_found");
    await before.catch(() => {});
  });

  it("end when the only caller leaves, and go on for the others when one of them leaves", async () => {
    const { service } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    emulator().faults.add({ service: "communication", path: "/identities/{id}/:issueAccessToken", delayInMs: 200 });
    const abort = new AbortController();
    const leaving = service.issueToken(user, { abortSignal: abort.signal });
    const staying = service.issueToken(user);
    abort.abort();
    await expectCode(leaving, "aborted");
    expect((await staying).token).not.toBe("");
    expect(acsRequests(ISSUE)).toBe(1);
  });

  it("are none for a call that is aborted before it starts", async () => {
    const { service, store } = newService();
    const abortSignal = AbortSignal.abort();
    await expectCode(service.getOrCreateUser(newUser(), { abortSignal }), "aborted");
    await expectCode(service.deleteUser(newUser(), { abortSignal }), "aborted");
    expect(store.calls).toEqual([]);
  });
});

describe("cached mappings", () => {
  it("are never used to answer getUser or getOrCreateUser", async () => {
    const backend: Backend = new Map();
    const [here, elsewhere] = [1, 2].map(() => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    await here?.service.issueToken(user, { createIfMissing: true });
    await elsewhere?.service.deleteUser(user);
    expect(await here?.service.getUser(user)).toBeUndefined();
    expect(await here?.service.getOrCreateUser(user)).toMatchObject({ created: true });
  });

  it("are bounded and can be turned off", async () => {
    for (const [mappingCache, reads] of [
      [{ maxEntries: 1 }, 2],
      [{ maxEntries: 0 }, 3],
      [{}, 1],
    ] as const) {
      const { service, store } = newService({ mappingCache });
      const [first, second] = [newUser(), newUser()];
      await service.issueToken(first, { createIfMissing: true });
      await service.issueToken(first);
      await service.issueToken(second, { createIfMissing: true });
      await service.issueToken(first);
      expect(store.calls.filter((call) => call === "get").length).toBe(reads + 1);
    }
  });

  it("expire", async () => {
    const { service, store } = newService({ mappingCache: { ttlInMs: 20 } });
    const user = newUser();
    await service.issueToken(user, { createIfMissing: true });
    await new Promise((resolve) => setTimeout(resolve, 60));
    store.calls.length = 0;
    await service.issueToken(user);
    expect(store.calls).toEqual(["get"]);
  });

  it("are copies: what a caller changes reaches nobody else", async () => {
    const { service } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    const [first, second] = await Promise.all([service.getUser(user), service.getUser(user)]);
    first?.createdOn.setTime(0);
    expect(second?.createdOn.getTime()).toBeGreaterThan(0);
  });
});

describe("token reuse", () => {
  it("is off by default", async () => {
    const { service } = newService();
    const user = newUser();
    const first = await service.issueToken(user, { createIfMissing: true });
    expect((await service.issueToken(user)).token).not.toBe(first.token);
  });

  it("answers without a remote call, for the same scopes and lifetime only", async () => {
    const { service, store } = newService({ tokenReuse: {} });
    const user = newUser();
    const first = await service.issueToken(user, { createIfMissing: true, scopes: ["chat", "voip"] });
    emulator().requests.clear();
    store.calls.length = 0;
    expect(await service.issueToken(user, { scopes: ["voip", "chat", "chat"] })).toEqual(first);
    expect(acsRequests() + store.calls.length).toBe(0);
    expect((await service.issueToken(user, { scopes: ["chat"] })).token).not.toBe(first.token);
    expect((await service.issueToken(user, { tokenExpiresInMinutes: 60 })).token).not.toBe(first.token);
  });

  it("needs enough life left", async () => {
    const { service } = newService({ tokenReuse: { minRemainingInMinutes: 61 } });
    const user = newUser();
    const first = await service.issueToken(user, { createIfMissing: true, tokenExpiresInMinutes: 60 });
    expect((await service.issueToken(user, { tokenExpiresInMinutes: 60 })).token).not.toBe(first.token);
    const long = await service.issueToken(user, { tokenExpiresInMinutes: 70 });
    expect((await service.issueToken(user, { tokenExpiresInMinutes: 70 })).token).toBe(long.token);
  });

  it("ends with the token's life, also where this server's clock was set back or runs behind that of ACS", async () => {
    const { service } = newService({ tokenReuse: { minRemainingInMinutes: 1 } });
    const user = newUser();
    const first = await service.issueToken(user, { createIfMissing: true, tokenExpiresInMinutes: 60 });
    const { timeOrigin } = performance;
    const elapsed = vi.spyOn(performance, "now").mockImplementation(() => Date.now() - timeOrigin + 59.5 * 60_000);
    const second = await service.issueToken(user, { tokenExpiresInMinutes: 60 });
    elapsed.mockRestore();
    expect(second.token).not.toBe(first.token);
  });

  it.each(["revokeTokens", "deleteUser"] as const)(
    "ends with %s, also for a token that was on its way",
    async (end) => {
      const { service } = newService({ tokenReuse: {} });
      const user = newUser();
      const first = await service.issueToken(user, { createIfMissing: true });
      emulator().faults.add({
        service: "communication",
        path: "/identities/{id}/:issueAccessToken",
        delayInMs: 150,
        times: 1,
      });
      const onItsWay = service.issueToken(user, { scopes: ["chat"] }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await service[end](user);
      const stale = await onItsWay;
      const second = await service.issueToken(user, { createIfMissing: true });
      expect(second.token).not.toBe(first.token);
      expect((await service.issueToken(user, { scopes: ["chat"] })).token).not.toBe(stale?.token);
    },
  );
});
