import { describe, expect, it } from "vitest";
import type { AcsAuthErrorCode, AcsAuthService, UserKey } from "../../src/index.js";
import { CREATE, expectCode, ISSUE, useEmulator } from "../support/harness.js";
import { ErrorSwallowingStore, ScriptedStore } from "../support/scripted-store.js";

const { emulator, newService, newUser, live, acsRequests, violations } = useEmulator();

const METHODS: [string, (service: AcsAuthService, user: UserKey) => Promise<unknown>][] = [
  ["getOrCreateUser", (service, user) => service.getOrCreateUser(user)],
  ["getUser", (service, user) => service.getUser(user)],
  ["issueToken", (service, user) => service.issueToken(user)],
  ["issueToken with createIfMissing", (service, user) => service.issueToken(user, { createIfMissing: true })],
  ["revokeTokens", (service, user) => service.revokeTokens(user)],
  ["deleteUser", (service, user) => service.deleteUser(user)],
];

describe("a store that is down", () => {
  it.each(METHODS)("makes %s fail without a request to ACS", async (_, call) => {
    const { service, store } = newService();
    store.fail("get", { when: "before" });
    const error = await expectCode(call(service, newUser()), "store_unavailable");
    expect(error.statusCode).toBe(503);
    expect(error.cause).toMatchObject({ message: "store down" });
    expect(acsRequests()).toBe(0);
  });

  it.each(METHODS)("is asked anew by the next %s: no failure is remembered", async (_, call) => {
    const { service, store } = newService();
    const user = newUser();
    await service.getOrCreateUser(user);
    store.fail("get", { when: "before" });
    await expectCode(call(service, user), "store_unavailable");
    await call(service, user);
  });

  it("control: a store that swallows its errors gives a user a second identity, and is caught", async () => {
    const { service, store, orphans } = newService({ store: new ErrorSwallowingStore() });
    const user = newUser();
    const { communicationUserId } = await service.getOrCreateUser(user);
    store.fail("get", { when: "before" });
    store.fail("insertIfAbsent", { when: "before" }, 2);
    store.fail("get", { when: "before" }, 2);
    await service.getOrCreateUser(user).catch(() => {});
    expect(acsRequests(CREATE)).toBe(2);
    expect(live().filter((id) => id !== communicationUserId)).toHaveLength(1);
    expect(violations(new Map([["user", { user, communicationUserId, createdOn: new Date() }]]), [])).not.toEqual([]);
    expect(orphans).toHaveLength(1);
  });

  it("is told apart from one that returns nonsense", async () => {
    const store = new ScriptedStore();
    const { service } = newService({ store });
    const user = newUser();
    const nonsense: unknown[] = [
      null,
      {},
      { user, communicationUserId: "8:acs:not-an-id", createdOn: new Date() },
      {
        user: newUser(),
        communicationUserId: (await service.getOrCreateUser(newUser())).communicationUserId,
        createdOn: new Date(),
      },
    ];
    for (const answer of nonsense) {
      store.get = async () => answer as never;
      await expectCode(service.issueToken(user), "mapping_invalid");
    }
  });
});

describe("a failing ACS", () => {
  const FAILURES: [string, object, AcsAuthErrorCode, number, number | undefined][] = [
    ["answers 500", { status: 500 }, "acs_unavailable", 3, undefined],
    [
      "answers 503 and asks to wait beyond the budget",
      { status: 503, retryAfterInSeconds: 60 },
      "acs_unavailable",
      1,
      60_000,
    ],
    ["throttles without Retry-After", { status: 429 }, "throttled", 1, undefined],
    [
      "throttles with a Retry-After beyond the budget",
      { status: 429, retryAfterInSeconds: 30 },
      "throttled",
      1,
      30_000,
    ],
    ["refuses the key", { status: 401, code: "Denied" }, "acs_denied", 1, undefined],
    ["rejects the request", { status: 400, code: "ValidationError" }, "acs_rejected", 1, undefined],
    ["resets the connection", { connection: "reset" }, "acs_unavailable", 3, undefined],
  ];

  it.each(FAILURES)(
    "that %s fails getOrCreateUser with the right code",
    async (_, fault, code, attempts, retryAfterInMs) => {
      const { service, store } = newService();
      emulator().faults.add({ service: "communication", method: "POST", path: "/identities", ...fault });
      const error = await expectCode(service.getOrCreateUser(newUser()), code);
      expect(error.retryAfterInMs).toBe(retryAfterInMs);
      expect(acsRequests(CREATE)).toBe(attempts);
      expect(live()).toEqual([]);
      expect(store.calls).toEqual(["get"]);
    },
  );

  it.each(FAILURES)(
    "that %s fails issueToken with the right code",
    async (_, fault, code, attempts, retryAfterInMs) => {
      const { service } = newService();
      const user = newUser();
      const { communicationUserId } = await service.getOrCreateUser(user);
      emulator().faults.add({ service: "communication", path: "/identities/{id}/:issueAccessToken", ...fault });
      const error = await expectCode(service.issueToken(user), code);
      expect(error.retryAfterInMs).toBe(retryAfterInMs);
      expect(acsRequests(ISSUE)).toBe(attempts);
      expect(live()).toEqual([communicationUserId]);
      emulator().faults.clear();
      expect((await service.issueToken(user)).user.communicationUserId).toBe(communicationUserId);
    },
  );

  it("that asks for a short wait is given it, and then asked again", async () => {
    const { service } = newService();
    emulator().faults.add({
      service: "communication",
      path: "/identities",
      status: 429,
      retryAfterInSeconds: 1,
      times: 1,
    });
    const start = performance.now();
    await service.getOrCreateUser(newUser());
    expect(performance.now() - start).toBeGreaterThan(900);
    expect(acsRequests(CREATE)).toBe(2);
    expect(live()).toHaveLength(1);
  });
});
