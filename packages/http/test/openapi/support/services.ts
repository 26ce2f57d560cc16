import {
  AcsAuthError,
  type AcsAuthErrorCode,
  AcsAuthService,
  createIdentityClient,
  type IdentityMapping,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import { MemoryIdentityStore } from "@acs-auth/store-memory";

interface Others extends Partial<IdentityStore> {
  readonly timeoutInMs?: number;
}

/** The real service with a store of which every method fails like this, but those given. */
export function serviceWithStore(
  emulator: Emulator,
  fail: () => Promise<never>,
  { timeoutInMs, ...others }: Others = {},
): AcsAuthService {
  const { clientId } = emulator.fixtures.applications.api;
  return new AcsAuthService({
    identityClient: createIdentityClient(emulator.communication.connectionString),
    store: {
      name: "failing",
      capabilities: { insert: "process", conditionalRemove: true, list: false },
      get: fail,
      insertIfAbsent: fail,
      removeIfMatches: fail,
      ...others,
    },
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId, authorityHost: emulator.entra.url }),
    ...(timeoutInMs && { timeoutInMs }),
  });
}

export function serviceWhoseStoreThrows(emulator: Emulator, code: AcsAuthErrorCode, options = {}): AcsAuthService {
  return serviceWithStore(emulator, () => Promise.reject(new AcsAuthError(code, "What happened.", options)));
}

export function serviceWithoutTeams(emulator: Emulator): AcsAuthService {
  const identityClient = createIdentityClient(emulator.communication.connectionString);
  return new AcsAuthService({ identityClient, store: new MemoryIdentityStore() });
}

/** A mapping of `user-one` to an identity of another ACS resource than the emulator's. */
export function mappingOfOtherResource({ fixtures }: Emulator): IdentityMapping {
  return {
    user: { tenantId: fixtures.tenants.home.id, objectId: fixtures.users["user-one"].objectId },
    communicationUserId: "8:acs:f0000000-0000-4000-8000-000000000001_00000000-0000-4000-8000-000000000002",
    createdOn: new Date(),
  };
}
