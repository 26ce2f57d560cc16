import { AcsAuthService, type AcsIdentityClient, type IdentityStore, type UserKey } from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { expose } from "../processes/expose.js";
import { median } from "../report/statistics.js";

/** What holding so many users costs. */
export interface Growth {
  readonly users: number;
  readonly bytesPerUser: number;
  /** Of a user who is held, chosen at random. */
  readonly lookUpInMicroseconds: number;
}

export type GrowthOperations = {
  mappingCache(users: number): Promise<Growth>;
  memoryStore(users: number): Promise<Growth>;
  map(users: number): Promise<Growth>;
};

interface Holder {
  /** Makes the holder hold the user. */
  add(user: UserKey): Promise<unknown>;
  lookUp(user: UserKey): Promise<unknown>;
}

const WARM_UP_USERS = 20_000;
const LOOK_UPS = 20_000;
const REPETITIONS = 5;
const TENANT_ID = "a0000000-0000-4000-8000-000000000001";
const FAR_FUTURE = new Date("2100-01-01T00:00:00Z");

expose({
  /** The cache is inside the service: what is timed is `issueToken` with an ACS that answers at once. */
  mappingCache: (users) =>
    measure(users, () => {
      const service = new AcsAuthService({
        identityClient: immediateClient,
        store: storeOfEverybody,
        mappingCache: { maxEntries: users, ttlInMs: 24 * 3600 * 1000 },
      });
      return { add: (user) => service.issueToken(user), lookUp: (user) => service.issueToken(user) };
    }),
  memoryStore: (users) =>
    measure(users, () => {
      const store = new MemoryIdentityStore();
      return {
        add: (user) =>
          store.insertIfAbsent({ user, communicationUserId: identityOf(user.objectId), createdOn: new Date() }),
        lookUp: (user) => store.get(user),
      };
    }),
  /** What no look-up can beat: with more entries than the processor's caches hold, it waits for memory. */
  map: (users) =>
    measure(users, () => {
      const map = new Map<string, string>();
      return {
        add: async ({ tenantId, objectId }) => map.set(flat(`${tenantId}/${objectId}`), identityOf(objectId)),
        lookUp: async ({ tenantId, objectId }) => map.get(`${tenantId}/${objectId}`),
      };
    }),
} satisfies GrowthOperations);

async function measure(users: number, create: () => Holder): Promise<Growth> {
  // What is compiled and loaded on first use is no user's.
  await fill(create(), WARM_UP_USERS);
  const before = heldBytes();
  const holder = create();
  await fill(holder, users);
  const after = heldBytes();
  const times: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const chosen = Array.from({ length: LOOK_UPS }, () => userAt(Math.floor(Math.random() * users)));
    const start = performance.now();
    for (const user of chosen) await holder.lookUp(user);
    times.push(((performance.now() - start) * 1000) / LOOK_UPS);
  }
  return { users, bytesPerUser: (after - before) / users, lookUpInMicroseconds: median(times) };
}

async function fill(holder: Holder, users: number): Promise<void> {
  for (let index = 0; index < users; index++) {
    await holder.add(userAt(index));
    await holder.lookUp(userAt(index));
  }
}

function heldBytes(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** As after parsing a token or an answer: texts that share nothing. */
function flat(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function userAt(index: number): UserKey {
  return { tenantId: TENANT_ID, objectId: flat(`b1000000-0000-4000-8000-${String(index).padStart(12, "0")}`) };
}

function identityOf(objectId: string): string {
  return flat(`8:acs:e0000000-0000-4000-8000-000000000001_${objectId}`);
}

const storeOfEverybody: IdentityStore = {
  name: "everybody",
  capabilities: { insert: "process", conditionalRemove: true, list: false },
  get: async (user) => ({ user, communicationUserId: identityOf(user.objectId), createdOn: FAR_FUTURE }),
  insertIfAbsent: async (mapping) => ({ inserted: false, mapping }),
  removeIfMatches: async () => false,
};

const immediateClient: AcsIdentityClient = {
  createUser: unused,
  createUserAndToken: unused,
  getToken: async () => ({ token: "token", expiresOn: FAR_FUTURE }),
  revokeTokens: unused,
  deleteUser: unused,
  getTokenForTeamsUser: unused,
};

async function unused(): Promise<never> {
  throw new Error("This takes no part in the measurement.");
}
