import { randomUUID } from "node:crypto";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import {
  AcsAuthError,
  type AcsAuthErrorCode,
  AcsAuthService,
  type AcsAuthServiceOptions,
  createIdentityClient,
  type OrphanedIdentity,
  type UserKey,
} from "../../src/index.js";
import { type Backend, ScriptedStore } from "./scripted-store.js";

/** A service over the emulator, with what the tests look at. */
export interface TestService {
  readonly service: AcsAuthService;
  readonly store: ScriptedStore;
  readonly orphans: OrphanedIdentity[];
}

/** One emulator per test file; its state, faults and counters are fresh in every test. */
export function useEmulator() {
  let running: Emulator | undefined;
  const emulator = (): Emulator => {
    if (!running) throw new Error("The emulator is not running.");
    return running;
  };

  /** The ids of the identities that exist at ACS. */
  const live = (): string[] => {
    const { identities } = emulator().state().communication;
    return identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id);
  };

  beforeAll(async () => {
    running = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 } });
  });
  beforeEach(() => {
    emulator().reset();
  });
  afterAll(async () => {
    await running?.close();
  });

  return {
    emulator,

    newUser(): UserKey {
      return { tenantId: emulator().fixtures.tenants.home.id, objectId: randomUUID() };
    },

    newService(options: Partial<AcsAuthServiceOptions> & { store?: ScriptedStore } = {}): TestService {
      const orphans: OrphanedIdentity[] = [];
      const store = options.store ?? new ScriptedStore();
      const service = new AcsAuthService({
        identityClient: createIdentityClient(emulator().communication.connectionString),
        onOrphanedIdentity: (orphan) => void orphans.push(orphan),
        ...options,
        store,
      });
      return { service, store, orphans };
    },

    live,

    acsRequests(route?: string): number {
      return emulator().requests.count({ service: "communication", ...(route ? { route } : {}) });
    },

    /** What breaks "one live identity per mapped user, every other one reported". Empty is good. */
    violations(backend: Backend, orphans: readonly OrphanedIdentity[], seenIds: readonly string[] = []): string[] {
      const mapped = new Set([...backend.values()].map(({ communicationUserId }) => communicationUserId));
      const reported = new Set(orphans.map(({ communicationUserId }) => communicationUserId));
      const existing = new Set(live());
      return [
        ...[...mapped].filter((id) => !existing.has(id)).map(() => "a mapped identity does not exist"),
        ...[...existing]
          .filter((id) => !mapped.has(id) && !reported.has(id))
          .map(() => "an identity was lost silently"),
        ...(new Set(seenIds).size > 1 ? ["callers were given different identities"] : []),
      ];
    },
  };
}

export const CREATE = "POST /identities";
export const ISSUE = "POST /identities/{id}/:issueAccessToken";
export const DELETE = "DELETE /identities/{id}";

export async function expectCode(promise: Promise<unknown>, code: AcsAuthErrorCode): Promise<AcsAuthError> {
  const error = await promise.then(
    (value) => expect.fail(`expected ${code}, got a result: ${typeof value}`),
    (thrown: unknown) => thrown,
  );
  if (!AcsAuthError.is(error)) throw error;
  expect(error.code).toBe(code);
  return error;
}
