import {
  AcsAuthService,
  createIdentityClient,
  type OrphanedIdentity,
  TeamsTokenVerifier,
  type UserKey,
} from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import type { Backend, Space } from "../backends/backend.js";

/** A user of the emulated directory, with a token that Teams could have asked for. */
export interface Person {
  readonly key: UserKey;
  readonly teamsToken: string;
}

/** An emulator and a space for mappings, in which one history after the other takes place. */
export interface World {
  readonly emulator: Emulator;
  readonly space: Space;
  readonly people: readonly Person[];
  /** The identities that exist at ACS. */
  live(): Set<string>;
  mappedId(person: Pick<Person, "key">): Promise<string | undefined>;
  newTeamsTokenVerifier(): TeamsTokenVerifier;
  /** Forgets everything. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(backend: Backend, names: readonly string[]): Promise<World> {
  const emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
  const space = await backend.openSpace(emulator);
  const { users, tenants, applications } = emulator.fixtures;
  const people = await Promise.all(
    names.map(async (name) => {
      const user = users[name];
      if (!user) throw new Error(`There is no fixture user ${name}.`);
      const teamsToken = await emulator.mintToken({ user: name, audience: "teams" });
      return { key: { tenantId: tenants.home.id, objectId: user.objectId }, teamsToken };
    }),
  );
  await warmUp(emulator, space);
  return {
    emulator,
    space,
    people,
    live() {
      const { identities } = emulator.state().communication;
      return new Set(identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id));
    },
    async mappedId({ key }) {
      return (await space.truth.get(key))?.communicationUserId;
    },
    newTeamsTokenVerifier: () =>
      new TeamsTokenVerifier({ clientId: applications.client.clientId, authorityHost: emulator.entra.url }),
    async clear() {
      emulator.reset();
      await space.clear();
    },
    async close() {
      await space.close();
      await emulator.close();
    },
  };
}

/** What happens first in a process takes longer than the time budgets of the histories allow. */
async function warmUp(emulator: Emulator, { truth }: Space): Promise<void> {
  const user = { tenantId: emulator.fixtures.tenants.home.id, objectId: emulator.fixtures.users["user-one"].objectId };
  const identityClient = createIdentityClient(emulator.communication.connectionString);
  const service = new AcsAuthService({ identityClient, store: truth });
  await service.issueToken(user, { createIfMissing: true });
  await service.deleteUser(user);
}

/** How many live identities nobody knows of, beyond those whose creation was reported without an id. */
export async function lostIdentities(world: World, orphans: readonly OrphanedIdentity[]): Promise<number> {
  const mapped = await Promise.all(world.people.map((person) => world.mappedId(person)));
  const known = new Set([...mapped, ...orphans.map(({ communicationUserId }) => communicationUserId)]);
  const reportedWithoutId = orphans.filter(({ communicationUserId }) => communicationUserId === undefined).length;
  const unknown = [...world.live()].filter((id) => !known.has(id)).length;
  return Math.max(0, unknown - reportedWithoutId);
}
