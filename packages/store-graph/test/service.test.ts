import { AcsAuthService, createIdentityClient, type OrphanedIdentity } from "@acs-auth/core";
import { describe, expect, it } from "vitest";
import { expectCode, useGraph } from "./support/harness.js";

const { emulator, newStore, requests, signIn } = useGraph();

/** Services as in several processes: nothing is shared but Entra ID, Graph and ACS. */
function newServices(count: number) {
  const orphans: OrphanedIdentity[] = [];
  const services = Array.from(
    { length: count },
    () =>
      new AcsAuthService({
        identityClient: createIdentityClient(emulator().communication.connectionString),
        store: newStore(),
        onOrphanedIdentity: (orphan) => void orphans.push(orphan),
      }),
  );
  return { services, orphans };
}

function live(): string[] {
  const { identities } = emulator().state().communication;
  return identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id);
}

async function caller(name = "user-one") {
  const { user, options } = await signIn(name);
  return { ...user, accessToken: options.userAssertion };
}

describe("AcsAuthService with mappings in Graph", () => {
  it.each([
    ["without replica lag", {}],
    ["with reads that are 400 ms late", { milliseconds: 400 }],
    ["with 5 late reads", { reads: 5 }],
  ])("50 first calls for one user through 5 services give one identity and leave no other, %s", async (_, lag) => {
    emulator().graph.setReplicaLag(lag);
    const { services, orphans } = newServices(5);
    const user = await caller();
    const issued = await Promise.all(
      services.flatMap((service) =>
        Array.from({ length: 10 }, () => service.issueToken(user, { createIfMissing: true })),
      ),
    );
    const ids = new Set(issued.map((token) => token.user.communicationUserId));
    expect(ids.size).toBe(1);
    expect(live()).toEqual([...ids]);
    expect(orphans).toEqual([]);
  });

  it("a lost reply of the creation leaves one identity, mapped", async () => {
    const { services, orphans } = newServices(1);
    const user = await caller();
    emulator().faults.add({ service: "graph", method: "POST", times: 1, stage: "after", connection: "reset" });
    const created = await services[0]?.getOrCreateUser(user);
    expect(created?.created).toBe(true);
    expect(live()).toEqual([created?.communicationUserId]);
    expect(orphans).toEqual([]);
  });

  it("a refused creation leaves no identity", async () => {
    emulator().entra.revokeConsent({ application: "api", resource: "graph", scopes: ["User.ReadWrite"] });
    const { services, orphans } = newServices(1);
    const user = await caller();
    await expectCode(services[0]?.getOrCreateUser(user) ?? Promise.resolve(), "store_denied");
    expect(live()).toEqual([]);
    expect(orphans).toEqual([]);
  });

  it("a mapping that stays invisible is reported, and no identity is deleted on a guess", async () => {
    const { services, orphans } = newServices(2);
    const user = await caller();
    emulator().graph.setReplicaLag({ milliseconds: 60_000 });
    const first = await services[0]?.getOrCreateUser(user);
    const second = services[1]?.getOrCreateUser(user) ?? Promise.resolve();
    const error = await expectCode(second, "mapping_outcome_unknown");
    expect(orphans.map(({ certainty, communicationUserId }) => [certainty, communicationUserId])).toEqual([
      ["possible", error.communicationUserId],
    ]);
    expect(live()).toContain(first?.communicationUserId);
  });

  it("deletes identity and mapping, and starts anew", async () => {
    const { services } = newServices(1);
    const [service] = services;
    if (!service) return expect.fail();
    const user = await caller();
    const first = await service.getOrCreateUser(user);
    expect(await service.deleteUser(user)).toEqual({ deleted: true });
    expect(await service.deleteUser(user)).toEqual({ deleted: false });
    expect(live()).toEqual([]);
    const second = await service.getOrCreateUser(user);
    expect(second).toMatchObject({ created: true });
    expect(second.communicationUserId).not.toBe(first.communicationUserId);
  });

  it("an old mapping that a user saved and put back is only their own, deleted identity: ACS disowns it", async () => {
    const { services } = newServices(1);
    const [service] = services;
    if (!service) return expect.fail();
    const user = await caller();
    await service.getOrCreateUser(user);
    const saved = emulator()
      .state()
      .graph.users.find(({ objectId }) => objectId === user.objectId);
    await service.deleteUser(user);
    const token = await emulator().mintToken({ user: "user-one", application: "api", audience: "graph" });
    const response = await fetch(`${emulator().graph.url}/v1.0/me/extensions`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(saved?.extensions[0]?.properties),
    });
    expect(response.status).toBe(201);
    await expectCode(service.issueToken(user), "identity_deleted");
    expect(live()).toEqual([]);
  });

  it("passes a claims challenge on before ACS is asked for anything", async () => {
    const { services } = newServices(1);
    emulator().entra.requireMfa({ user: "user-one", resource: "graph" });
    const error = await expectCode(
      services[0]?.issueToken(await caller(), { createIfMissing: true }) ?? Promise.resolve(),
      "claims_challenge",
    );
    expect(error.statusCode).toBe(401);
    expect(requests("communication")).toBe(0);
  });
});
