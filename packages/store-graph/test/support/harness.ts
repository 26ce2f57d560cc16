import { randomBytes, randomUUID } from "node:crypto";
import { AcsAuthError, type AcsAuthErrorCode, type IdentityMapping, type UserKey } from "@acs-auth/core";
import { defaultFixtures, type Emulator, type EmulatorOptions, startEmulator } from "@acs-auth/emulator";
import { ClientSecretCredential } from "@azure/identity";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import {
  appOnly,
  GraphIdentityStore,
  type GraphIdentityStoreOptions,
  type OnBehalfOfCommonOptions,
  onBehalfOf,
} from "../../src/index.js";

export const EXTENSION_NAME = "com.example.acsAuth";
export const KEY = { id: "test", key: randomBytes(32) };

export const OBO = "POST /{tenant}/oauth2/v2.0/token";
export const READ = "GET /v1.0/me/extensions/{extension}";
export const CREATE = "POST /v1.0/me/extensions";
export const DELETE = "DELETE /v1.0/me/extensions/{extension}";

/** A signed-in user, as the service hands it to the store. */
export interface SignedIn {
  readonly user: UserKey;
  readonly options: { readonly userAssertion: string };
}

export type StoreChanges = Partial<GraphIdentityStoreOptions> & { readonly obo?: Partial<OnBehalfOfCommonOptions> };

/** One emulator per test file; its state, faults and counters are fresh in every test. */
export function useGraph(options: EmulatorOptions = {}) {
  let running: Emulator | undefined;
  const emulator = (): Emulator => {
    if (!running) throw new Error("The emulator is not running.");
    return running;
  };

  beforeAll(async () => {
    running = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 }, ...options });
  });
  beforeEach(() => emulator().reset());
  afterAll(() => running?.close());

  const userKey = (name: string): UserKey => {
    const { users, tenants } = emulator().fixtures;
    const user = users[name];
    const tenant = tenants[user?.tenant ?? ""];
    if (!user || !tenant) throw new Error(`There is no fixture user ${name}.`);
    return { tenantId: tenant.id, objectId: user.objectId };
  };

  const newStore = ({ obo, ...changes }: StoreChanges = {}): GraphIdentityStore => {
    const { clientId, clientSecret } = emulator().fixtures.applications.api;
    return new GraphIdentityStore({
      access: onBehalfOf({ clientId, clientSecret, authorityHost: emulator().entra.url, ...obo }),
      graphEndpoint: emulator().graph.url,
      extensionName: EXTENSION_NAME,
      mappingKeys: changes.dangerouslyTrustUnsignedMappings ? undefined : [KEY],
      ...changes,
    } as GraphIdentityStoreOptions);
  };

  return {
    emulator,
    userKey,
    newStore,

    async signIn(name = "user-one"): Promise<SignedIn> {
      return { user: userKey(name), options: { userAssertion: await emulator().mintToken({ user: name }) } };
    },

    newAppOnlyStore(
      changes: Partial<GraphIdentityStoreOptions> & { readonly secret?: string; readonly tenantId?: string } = {},
    ): GraphIdentityStore {
      const { applications, tenants } = emulator().fixtures;
      const { clientId, clientSecret } = applications.api;
      const { secret = clientSecret, tenantId = tenants.home.id, ...options } = changes;
      const credential = new ClientSecretCredential(tenants.home.id, clientId, secret, {
        authorityHost: emulator().entra.url,
        disableInstanceDiscovery: true,
        retryOptions: { maxRetries: 0 },
      });
      return newStore({ access: appOnly({ credential, tenantId }), ...options });
    },

    /** Requests of one route, or of a service, that have arrived. */
    requests(service: "entra" | "graph" | "communication", route?: string): number {
      return emulator().requests.count({ service, ...(route ? { route } : {}) });
    },

    /** What a user does to the extensions in their own directory entry, with any app that holds User.ReadWrite. */
    async asUser(
      name: string,
      method: string,
      path: string,
      body?: Readonly<Record<string, unknown>>,
    ): Promise<Response> {
      const token = await emulator().mintToken({
        user: name,
        application: "api",
        audience: "graph",
        scopes: ["User.ReadWrite"],
      });
      return fetch(`${emulator().graph.url}/v1.0/me/extensions${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    },
  };
}

export function newMapping(user: UserKey): IdentityMapping {
  return { user, communicationUserId: newIdentity(), createdOn: new Date("2026-01-02T03:04:05.678Z") };
}

export function newIdentity(): string {
  return `8:acs:${randomUUID()}_${randomUUID()}`;
}

/** Fixtures with so many further users: `many-0`, `many-1` and so on. */
export function fixturesWithUsers(count: number): typeof defaultFixtures {
  const names = Array.from({ length: count }, (_, index) => `many-${index}`);
  const users = names.map((name, index) => [
    name,
    {
      objectId: `b1000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      tenant: "home",
      displayName: `Fixture ${name}`,
      userPrincipalName: `${name}@home.example`,
      email: `${name}@home.example`,
    },
  ]);
  return { ...defaultFixtures, users: { ...defaultFixtures.users, ...Object.fromEntries(users) } };
}

export async function expectCode(promise: Promise<unknown>, code: AcsAuthErrorCode): Promise<AcsAuthError> {
  const error = await rejection(promise);
  if (!AcsAuthError.is(error)) throw error;
  expect(error.code).toBe(code);
  return error;
}

export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("It did not reject."),
    (error: unknown) => error,
  );
}
