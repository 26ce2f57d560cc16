import { describe, expect, it, vi } from "vitest";
import type { AcsAuthServiceOptions } from "../../src/index.js";
import { CREATE, expectCode, ISSUE, useEmulator } from "../support/harness.js";
import { type Backend, ScriptedStore } from "../support/scripted-store.js";

const { emulator, newService, newUser, live, acsRequests } = useEmulator();

const FOREIGN_ID = "8:acs:99999999-0000-4000-8000-000000000001_99999999-0000-4000-8000-000000000002";

/** A user whose mapping names an identity that ACS disowns. */
async function disownedUser(kind: "deleted" | "other_resource", options: Partial<AcsAuthServiceOptions> = {}) {
  const backend: Backend = new Map();
  const store = new ScriptedStore(backend);
  const user = newUser();
  let communicationUserId = FOREIGN_ID;
  if (kind === "deleted") {
    const elsewhere = newService();
    ({ communicationUserId } = await elsewhere.service.getOrCreateUser(user));
    await elsewhere.service.deleteUser(user);
  }
  await store.insertIfAbsent({ user, communicationUserId, createdOn: new Date() });
  return { ...newService({ ...options, store }), user, communicationUserId };
}

describe("a mapping to an identity that ACS disowns", () => {
  it.each([
    ["deleted", "identity_deleted"],
    ["other_resource", "identity_of_other_resource"],
  ] as const)(
    "%s: is an error that says so, in a fresh process too, and creates no second identity",
    async (kind, code) => {
      const { service, user, communicationUserId } = await disownedUser(kind);
      for (const call of [
        () => service.issueToken(user),
        () => service.issueToken(user, { createIfMissing: true }),
        () => service.revokeTokens(user),
      ]) {
        const error = await expectCode(call(), code);
        expect(error).toMatchObject({ statusCode: 409, communicationUserId });
      }
      expect(live()).toEqual([]);
      expect((await service.getUser(user))?.communicationUserId).toBe(communicationUserId);
    },
  );

  it("needs no probe where the resource is configured or already learned", async () => {
    const { resourceId } = emulator().communication;
    const configured = await disownedUser("other_resource", { resourceId });
    emulator().requests.clear();
    await expectCode(configured.service.issueToken(configured.user), "identity_of_other_resource");
    expect(acsRequests(CREATE)).toBe(0);

    const learned = await disownedUser("other_resource");
    await learned.service.getOrCreateUser(newUser());
    emulator().requests.clear();
    await expectCode(learned.service.issueToken(learned.user), "identity_of_other_resource");
    expect(acsRequests(CREATE)).toBe(0);
  });

  it("is told apart for every caller, also when the one who began the probe has left", async () => {
    const { service, user } = await disownedUser("other_resource");
    const fault = emulator().faults.add({
      service: "communication",
      method: "POST",
      path: "/identities",
      delayInMs: 300,
    });
    const abort = new AbortController();
    const leaving = expectCode(service.revokeTokens(user, { abortSignal: abort.signal }), "aborted");
    await vi.waitFor(() => expect(fault.struck).toBe(1));
    const staying = expectCode(service.issueToken(user), "identity_of_other_resource");
    await vi.waitFor(() => expect(acsRequests(ISSUE)).toBe(1));
    abort.abort();
    await Promise.all([leaving, staying]);
    expect(live()).toEqual([]);
  });

  it("is an honest 'either' where the probe fails", async () => {
    const { service, user } = await disownedUser("other_resource");
    emulator().faults.add({ service: "communication", method: "POST", path: "/identities", status: 403 });
    await expectCode(service.issueToken(user), "identity_not_owned");
    await expectCode(service.deleteUser(user), "identity_not_owned");
  });

  it("is not confused with refused credentials", async () => {
    const { service } = newService({ replaceDisownedIdentity: ["deleted", "other_resource"] });
    const user = newUser();
    const { communicationUserId } = await service.getOrCreateUser(user);
    emulator().faults.add({ service: "communication", status: 401, code: "Denied", times: 1 });
    await expectCode(service.issueToken(user), "acs_denied");
    expect((await service.issueToken(user)).user.communicationUserId).toBe(communicationUserId);
  });

  it("is not deleted from here when it belongs to another resource", async () => {
    const { service, user } = await disownedUser("other_resource");
    await expectCode(service.deleteUser(user), "identity_of_other_resource");
    expect(await service.getUser(user)).toBeDefined();
  });

  it("is replaced on request, for the allowed reason only", async () => {
    const deleted = await disownedUser("deleted", { replaceDisownedIdentity: ["deleted"] });
    const token = await deleted.service.issueToken(deleted.user);
    expect(live()).toEqual([token.user.communicationUserId]);
    expect((await deleted.service.getUser(deleted.user))?.communicationUserId).toBe(token.user.communicationUserId);

    const other = await disownedUser("other_resource", { replaceDisownedIdentity: ["deleted"] });
    await expectCode(other.service.issueToken(other.user), "identity_of_other_resource");

    const allowed = await disownedUser("other_resource", { replaceDisownedIdentity: ["other_resource"] });
    const replaced = await allowed.service.issueToken(allowed.user);
    expect(live()).toContain(replaced.user.communicationUserId);
    expect(allowed.orphans).toMatchObject([{ reason: "replaced", communicationUserId: FOREIGN_ID }]);
  });

  it("is replaced once when many calls find out together", async () => {
    const { service, user } = await disownedUser("deleted", { replaceDisownedIdentity: ["deleted"] });
    const lifetimes = Array.from({ length: 20 }, (_, n) => 60 + n);
    const tokens = await Promise.all(
      lifetimes.map((tokenExpiresInMinutes) => service.issueToken(user, { tokenExpiresInMinutes })),
    );
    expect(new Set(tokens.map((token) => token.user.communicationUserId)).size).toBe(1);
    expect(live()).toHaveLength(1);
  });

  it("is re-read once before anything else when it was cached: another server may have renewed it", async () => {
    const backend: Backend = new Map();
    const [here, elsewhere] = [1, 2].map(() => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    await here?.service.getOrCreateUser(user);
    await here?.service.issueToken(user);
    await elsewhere?.service.deleteUser(user);
    await expectCode(here?.service.issueToken(user) ?? Promise.resolve(), "identity_not_found");
    await here?.service.issueToken(user, { createIfMissing: true });
    await elsewhere?.service.deleteUser(user);
    const renewed = await elsewhere?.service.getOrCreateUser(user);
    emulator().requests.clear();
    expect((await here?.service.issueToken(user))?.user).toEqual({ communicationUserId: renewed?.communicationUserId });
    expect(acsRequests(ISSUE)).toBe(2);
  });
});
