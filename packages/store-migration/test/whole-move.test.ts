import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { AcsAuthService, createIdentityClient, type UserKey } from "@acs-auth/core";
import { defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { appOnly, GraphIdentityStore } from "@acs-auth/store-graph";
import { migrateMappings } from "@acs-auth/store-migration";
import { ClientSecretCredential } from "@azure/identity";
import { type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { STEPS, type Step, serverAt } from "./support/servers.js";
import { openTable } from "./support/two-tables.js";

const USERS_AT_FIRST = 30;
const USERS_PER_STEP = 5;
const USERS = USERS_AT_FIRST + USERS_PER_STEP * STEPS.length;
/** How long the servers of two neighbouring steps run together. */
const ROLLOUT_IN_MS = 400;

let azurite: Azurite;
let emulator: Emulator;
beforeAll(async () => {
  azurite = await startAzurite();
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, fixtures: fixtures() });
});
afterAll(async () => {
  await emulator.close();
  await azurite.close();
});

function fixtures() {
  const users = Array.from({ length: USERS }, (_, n) => {
    const fixture = { ...defaultFixtures.users["user-one"], objectId: objectId(n), displayName: `Fixture ${n}` };
    return [`moving-${n}`, { ...fixture, userPrincipalName: `moving-${n}@home.example` }] as const;
  });
  return { ...defaultFixtures, users: { ...defaultFixtures.users, ...Object.fromEntries(users) } };
}

function objectId(n: number): string {
  return `b1000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

it("moves from Graph to Azure Tables with servers running: no user's identity changes, none is lost, deleted ones stay deleted", async () => {
  const tenantId = emulator.fixtures.tenants.home.id;
  const { clientId, clientSecret } = emulator.fixtures.applications.api;
  const users = Array.from({ length: USERS }, (_, n): UserKey => ({ tenantId, objectId: objectId(n) }));
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: emulator.entra.url,
    disableInstanceDiscovery: true,
  });
  const mappingKeys = [{ id: "test", key: randomBytes(32) }];
  const openGraph = () =>
    new GraphIdentityStore({
      access: appOnly({ credential, tenantId }),
      graphEndpoint: emulator.graph.url,
      mappingKeys,
    });
  let orphans = 0;
  const startServer = (step: Step) =>
    new AcsAuthService({
      identityClient: createIdentityClient(emulator.communication.connectionString),
      store: serverAt(step, openTable(azurite.endpoint, "identities"), openGraph()),
      mappingCache: { maxEntries: 0 },
      onOrphanedIdentity: () => {
        orphans += 1;
      },
    });

  const idOf = new Map<UserKey, string>();
  const deleted = new Set<UserKey>();
  const visit = async (server: AcsAuthService, user: UserKey) => {
    const { communicationUserId } = await server.getOrCreateUser(user);
    expect(communicationUserId).toBe(idOf.get(user) ?? communicationUserId);
    idOf.set(user, communicationUserId);
  };
  const joining = users[Symbol.iterator]();
  const join = async (servers: readonly AcsAuthService[], count: number) => {
    const newcomers = Array.from({ length: count }, () => joining.next().value).filter((user) => user !== undefined);
    await Promise.all(newcomers.flatMap((user) => servers.map((server) => visit(server, user))));
  };
  const remove = async (server: AcsAuthService, user: UserKey | undefined) => {
    if (!user) throw new Error("There is nobody left to delete.");
    expect(await server.deleteUser(user)).toEqual({ deleted: true });
    idOf.delete(user);
    deleted.add(user);
  };

  let old = startServer("previous alone");
  await join([old], USERS_AT_FIRST);
  for (const step of STEPS.slice(1)) {
    const next = startServer(step);
    const servers = [old, next];
    const isOver = setTimeout(ROLLOUT_IN_MS, true);
    let over = false;
    void isOver.then(() => {
      over = true;
    });
    await join(servers, USERS_PER_STEP);
    while (!over)
      await Promise.all([...idOf.keys()].slice(0, 10).flatMap((user) => servers.map((s) => visit(s, user))));
    await remove(next, [...idOf.keys()].at(0));
    await remove(old, [...idOf.keys()].at(-1));

    if (step === "read-through") {
      const source = openGraph();
      const target = openTable(azurite.endpoint, "identities");
      const migration = migrateMappings({ source, target, maxPageSize: 10, onDifference: "replace" });
      const leaving = [...idOf.keys()].slice(10, 14);
      await Promise.all([migration, join([next], 2), ...leaving.map((user) => remove(next, user))]);
      expect((await migration).problems).toEqual([]);
      const verification = await migrateMappings({ source, target, verifyOnly: true });
      expect(verification).toMatchObject({ completed: true, copied: 0, problems: [] });
    }
    old = next;
  }

  for (const [user, id] of idOf) expect((await old.getUser(user))?.communicationUserId).toBe(id);
  for (const user of deleted) expect(await old.getUser(user)).toBeUndefined();
  const live = emulator.state().communication.identities.filter(({ deletedOn }) => deletedOn === undefined);
  expect(new Set(live.map(({ id }) => id))).toEqual(new Set(idOf.values()));
  expect(live).toHaveLength(idOf.size);
  expect(orphans).toBe(0);
}, 120_000);
