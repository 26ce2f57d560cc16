import { describe, expect, it } from "vitest";
import type { UserKey } from "../../src/index.js";
import { CREATE, DELETE, type TestService, useEmulator } from "../support/harness.js";
import { type Backend, CheckThenActStore, keyOf, ScriptedStore } from "../support/scripted-store.js";

const { newService, newUser, live, acsRequests, violations } = useEmulator();

async function race(servers: readonly TestService[], user: UserKey, calls: number) {
  return Promise.all(
    Array.from({ length: calls }, (_, n) => servers[n % servers.length]?.service.getOrCreateUser(user)),
  );
}

describe("one user, one identity", () => {
  it("gives 200 concurrent first calls the same identity", async () => {
    const { service, orphans } = newService();
    const user = newUser();
    const results = await Promise.all(Array.from({ length: 200 }, () => service.getOrCreateUser(user)));
    expect(new Set(results.map(({ communicationUserId }) => communicationUserId)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(live()).toEqual([results[0]?.communicationUserId]);
    expect(acsRequests(CREATE)).toBe(1);
    expect(orphans).toEqual([]);
  });

  it("gives 200 concurrent first calls through several servers the same identity and deletes the losers'", async () => {
    const backend: Backend = new Map();
    const servers = Array.from({ length: 4 }, () => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    const results = await race(servers, user, 200);
    const ids = results.map((result) => result?.communicationUserId ?? "");
    expect(violations(backend, [], ids)).toEqual([]);
    expect(live()).toHaveLength(1);
    expect(results.filter((result) => result?.created)).toHaveLength(1);
    expect(acsRequests(CREATE) - acsRequests(DELETE)).toBe(1);
    expect(acsRequests(CREATE)).toBeGreaterThan(1);
  });

  it("gives the winner's token to callers who create identity and token in one request", async () => {
    const backend: Backend = new Map();
    const servers = Array.from({ length: 3 }, () => newService({ store: new ScriptedStore(backend) }));
    const user = newUser();
    const tokens = await Promise.all(
      servers.flatMap(({ service }) => [1, 2].map(() => service.issueToken(user, { createIfMissing: true }))),
    );
    const mapped = backend.get(keyOf(user))?.communicationUserId;
    expect(tokens.every((token) => token.user.communicationUserId === mapped)).toBe(true);
    expect(live()).toEqual([mapped]);
  });

  it("holds when a deletion races creations", async () => {
    const backend: Backend = new Map();
    const servers = [1, 2].map(() => newService({ store: new ScriptedStore(backend) }));
    const [first, second] = servers;
    const user = newUser();
    for (let round = 0; round < 25; round++) {
      await Promise.all([
        first?.service.getOrCreateUser(user),
        second?.service.getOrCreateUser(user),
        first?.service.deleteUser(user),
        second?.service.deleteUser(user),
      ]);
      expect(
        violations(
          backend,
          servers.flatMap(({ orphans }) => orphans),
        ),
      ).toEqual([]);
    }
    await first?.service.deleteUser(user);
    expect(live()).toEqual([]);
  });

  it("does not let a call made after a deletion join one from before it", async () => {
    const { service } = newService();
    const user = newUser();
    const before = await service.getOrCreateUser(user);
    const [, overlapping] = await Promise.all([service.deleteUser(user), service.getOrCreateUser(user)]);
    const after = await service.getOrCreateUser(user);
    expect(overlapping).toBeDefined();
    expect(after.communicationUserId).not.toBe(before.communicationUserId);
    expect(live()).toEqual([after.communicationUserId]);
  });

  it("treats one Entra user, however its GUIDs are written, as one", async () => {
    const { service } = newService();
    const user = newUser();
    const upperCase = { tenantId: user.tenantId.toUpperCase(), objectId: user.objectId.toUpperCase() };
    const { communicationUserId } = await service.getOrCreateUser(upperCase);
    expect(await service.getOrCreateUser(user)).toEqual({ communicationUserId, created: false });
  });

  it("control: a store that checks and then acts is caught", async () => {
    const backend: Backend = new Map();
    const servers = Array.from({ length: 4 }, () => newService({ store: new CheckThenActStore(backend) }));
    const results = await race(servers, newUser(), 8);
    const orphans = servers.flatMap((server) => server.orphans);
    const ids = results.map((result) => result?.communicationUserId ?? "");
    expect(violations(backend, orphans, ids)).toContain("callers were given different identities");
  });
});
