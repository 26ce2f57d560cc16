import { randomUUID } from "node:crypto";
import {
  AcsAuthService,
  createIdentityClient,
  EntraTokenVerifier,
  type IdentityStore,
  type OrphanedIdentity,
  type UserKey,
} from "@acs-auth/core";
import { defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { type AcsAuthHandler, createAcsAuthHandler } from "@acs-auth/http";
import type { RemoteFault } from "../faults.js";
import { cosmosBackend, graphBackend } from "./backends.js";
import { type Books, readBooks } from "./books.js";

/** What the server depends on: Entra's signing keys, Entra's token endpoint, Microsoft Graph, Cosmos DB and ACS. */
export const REMOTE_SERVICES = ["keys", "tokens", "graph", "cosmos", "acs"] as const;
export type RemoteService = (typeof REMOTE_SERVICES)[number];

/** How long one call of the service may take. */
export const BUDGET_IN_MS = 4_000;

/** One server over a kind of store, and all it talks to, for many users. */
export interface WorldUnderLoad {
  readonly emulator: Emulator;
  readonly users: readonly LoadUser[];
  readonly store: IdentityStore;
  readonly handler: AcsAuthHandler;
  /** A handler that has verified no token yet. */
  newHandler(): AcsAuthHandler;
  /** How many requests a remote service has received. */
  calls(service: RemoteService): number;
  /** Lets every request to a remote service meet a fault until the returned function is called. */
  strike(service: RemoteService, fault: RemoteFault): () => void;
  books(): Promise<Books>;
  close(): Promise<void>;
}

export interface LoadUser {
  readonly name: string;
  readonly key: UserKey;
  /** An access token that nobody has seen yet. */
  newToken(): Promise<string>;
}

export async function startWorld(kind: "graph" | "cosmos", userCount: number): Promise<WorldUnderLoad> {
  const fixtures = fixturesWithUsers(userCount);
  const ports = { entra: 0, communication: 0, graph: 0, admin: 0 };
  const emulator = await startEmulator({ ports, fixtures });
  const backend = kind === "graph" ? graphBackend(emulator) : await cosmosBackend();
  const { clientId } = fixtures.applications.api;
  const tenantId = fixtures.tenants.home.id;
  const orphans: OrphanedIdentity[] = [];
  const service = new AcsAuthService({
    identityClient: createIdentityClient(emulator.communication.connectionString),
    store: backend.store,
    timeoutInMs: BUDGET_IN_MS,
    mappingCache: { ttlInMs: 3_600_000 },
    onOrphanedIdentity: (orphan) => void orphans.push(orphan),
  });
  const newHandler = () => {
    const keys = { refreshInMs: 300, cooldownInMs: 300, timeoutInMs: 1_000 };
    const verifier = new EntraTokenVerifier({ clientId, tenantId, authorityHost: emulator.entra.url, keys });
    return createAcsAuthHandler({ service, verifier });
  };
  const users = Array.from({ length: userCount }, (_, index): LoadUser => {
    const { name, objectId } = fixtureUser(index);
    const newToken = () => emulator.mintToken({ user: name, claims: { uti: randomUUID() } });
    return { name, key: { tenantId, objectId }, newToken };
  });

  return {
    emulator,
    users,
    store: backend.store,
    handler: newHandler(),
    newHandler,
    calls: (remote) => (remote === "cosmos" ? backend.calls() : callsOfEmulator(emulator, remote)),
    strike(remote, fault) {
      if (remote === "cosmos") return backend.strike(fault);
      const added = emulator.faults.add({ ...ROUTES[remote], ...fault });
      return () => added.remove();
    },
    books: () => readBooks(emulator, backend.store, users, orphans),
    async close() {
      await backend.close();
      await emulator.close();
    },
  };
}

const ROUTES = {
  keys: { service: "entra", method: "GET" },
  tokens: { service: "entra", method: "POST" },
  graph: { service: "graph" },
  acs: { service: "communication" },
} as const;

function callsOfEmulator({ requests }: Emulator, remote: Exclude<RemoteService, "cosmos">): number {
  const { service, method = "" }: { service: string; method?: string } = ROUTES[remote];
  return requests
    .list()
    .filter((entry) => entry.service === service && entry.route.startsWith(method))
    .reduce((sum, { count }) => sum + count, 0);
}

function fixtureUser(index: number) {
  return { name: `load-${index}`, objectId: `b1000000-0000-4000-8000-${String(index).padStart(12, "0")}` };
}

function fixturesWithUsers(count: number): typeof defaultFixtures {
  const users = Array.from({ length: count }, (_, index) => {
    const { name, objectId } = fixtureUser(index);
    const account = `${name}@home.example`;
    const names = { displayName: `Fixture ${name}`, userPrincipalName: account, email: account };
    return [name, { objectId, tenant: "home", ...names }] as const;
  });
  return { ...defaultFixtures, users: { ...defaultFixtures.users, ...Object.fromEntries(users) } };
}
