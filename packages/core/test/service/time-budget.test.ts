import { randomUUID } from "node:crypto";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { describe, expect, it } from "vitest";
import { createIdentityClient } from "../../src/index.js";
import { expectCode, useEmulator } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";

const { emulator, live, newService, newUser, acsRequests } = useEmulator();

async function durationOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

describe("the time budget", () => {
  it.each(["get", "insertIfAbsent", "removeIfMatches"] as const)(
    "ends a call whose store never answers to %s",
    async (method) => {
      const { service, store } = newService({ timeoutInMs: 500 });
      const user = newUser();
      if (method === "removeIfMatches") await service.getOrCreateUser(user);
      store.fail(method, { when: "hang" }, 9);
      const call = method === "removeIfMatches" ? service.deleteUser(user) : service.getOrCreateUser(user);
      const code = method === "insertIfAbsent" ? "mapping_outcome_unknown" : "timeout";
      const duration = await durationOf(() => expectCode(call, code));
      expect(duration).toBeLessThan(2_000);
    },
  );

  it("ends every method whose ACS never answers", async () => {
    const { service } = newService({ timeoutInMs: 500 });
    const user = newUser();
    await service.getOrCreateUser(user);
    emulator().faults.add({ service: "communication", connection: "hang" });
    for (const call of [
      () => service.issueToken(user),
      () => service.revokeTokens(user),
      () => service.deleteUser(user),
      () => service.getOrCreateUser(newUser()),
    ]) {
      expect(await durationOf(() => expectCode(call(), "timeout"))).toBeLessThan(2_000);
    }
  });

  it("ends the call of a race's loser although its own identity cannot be deleted", async () => {
    const backend: Backend = new Map();
    const services = [1, 2].map(() => newService({ store: new ScriptedStore(backend), timeoutInMs: 500 }).service);
    const user = newUser();
    emulator().faults.add({ service: "communication", method: "DELETE", connection: "hang" });
    const duration = await durationOf(async () => {
      const served = await Promise.all(services.map((service) => service.getOrCreateUser(user)));
      expect(new Set(served.map(({ communicationUserId }) => communicationUserId)).size).toBe(1);
    });
    expect(live()).toHaveLength(2);
    expect(duration).toBeLessThan(2_000);
  });

  it("ends the search for the reason why an identity is disowned", async () => {
    const backend: Backend = new Map();
    const user = newUser();
    const communicationUserId = `8:acs:${randomUUID()}_${randomUUID()}`;
    await new ScriptedStore(backend).insertIfAbsent({ user, communicationUserId, createdOn: new Date() });
    const { service } = newService({ store: new ScriptedStore(backend), timeoutInMs: 500 });
    emulator().faults.add({ service: "communication", method: "DELETE", connection: "hang" });
    const duration = await durationOf(() => expectCode(service.issueToken(user), "identity_of_other_resource"));
    expect(duration).toBeLessThan(2_000);
  });

  it("leaves a lost write enough time to be settled by reading", async () => {
    const { service, store } = newService({ timeoutInMs: 1_000 });
    store.fail("insertIfAbsent", { when: "hang" });
    const { created } = await service.getOrCreateUser(newUser());
    expect(created).toBe(true);
    expect(store.calls).toEqual(["get", "insertIfAbsent", "get", "insertIfAbsent"]);
  });

  it("lets no retry begin that it cannot finish", async () => {
    const { service } = newService({ timeoutInMs: 800 });
    emulator().faults.add({ service: "communication", status: 429, retryAfterInSeconds: 1 });
    const duration = await durationOf(() => expectCode(service.getOrCreateUser(newUser()), "throttled"));
    expect(duration).toBeLessThan(600);
    expect(acsRequests()).toBe(1);
  });

  it("gives a request that gets no answer a second try within the budget", async () => {
    const { connectionString } = emulator().communication;
    const identityClient = createIdentityClient(connectionString, { requestTimeoutInMs: 200 });
    const { service } = newService({ identityClient });
    const user = newUser();
    await service.getOrCreateUser(user);
    emulator().faults.add({ service: "communication", connection: "hang", times: 1 });
    expect((await service.issueToken(user)).token).not.toBe("");
  });

  it("bounds a client that retries by itself", async () => {
    const identityClient = new CommunicationIdentityClient(emulator().communication.connectionString);
    const { service } = newService({ identityClient, timeoutInMs: 700 });
    emulator().faults.add({ service: "communication", status: 429, retryAfterInSeconds: 30 });
    expect(await durationOf(() => expectCode(service.getOrCreateUser(newUser()), "timeout"))).toBeLessThan(2_000);
    expect(acsRequests()).toBe(1);
  });
});
