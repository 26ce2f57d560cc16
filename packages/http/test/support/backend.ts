import type { RequestListener } from "node:http";
import { AcsAuthService, createIdentityClient, EntraTokenVerifier, TeamsTokenVerifier } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { type AcsAuthHandler, type AcsAuthHandlerOptions, createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Ask, serve } from "./serve.js";

export interface Backend {
  /** Asks as the fixture user `user-one`. */
  readonly ask: Ask;
  /** Asks as nobody in particular. */
  readonly send: Ask;
  readonly store: MemoryIdentityStore;
}

/** Starts an emulator for the tests of a file; it is reset before each. */
export function useEmulator(): () => Emulator {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 } });
  });
  beforeEach(() => emulator.reset());
  afterAll(() => emulator?.close());
  return () => emulator;
}

/** Serves the handler with the real service, verifiers and Azure SDK against the emulator. */
export async function startBackend(
  emulator: Emulator,
  options: Partial<AcsAuthHandlerOptions> = {},
  adapt: (handler: AcsAuthHandler) => RequestListener = toNodeListener,
): Promise<Backend> {
  const { clientId } = emulator.fixtures.applications.api;
  const authorityHost = emulator.entra.url;
  const store = new MemoryIdentityStore();
  const service = new AcsAuthService({
    identityClient: createIdentityClient(emulator.communication.connectionString),
    store,
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId, authorityHost }),
    timeoutInMs: 3_000,
  });
  const verifier = new EntraTokenVerifier({ clientId, tenantId: emulator.fixtures.tenants.home.id, authorityHost });
  const send = await serve(adapt(createAcsAuthHandler({ service, verifier, ...options })));
  const token = await emulator.mintToken({ user: "user-one" });
  return {
    store,
    send,
    ask: (method, path, { headers, ...others } = {}) =>
      send(method, path, { anonymous: true, headers: { authorization: `Bearer ${token}`, ...headers }, ...others }),
  };
}

/** The identities that exist at ACS. */
export function identitiesOf(emulator: Emulator) {
  return emulator.state().communication.identities.filter(({ deletedOn }) => deletedOn === undefined);
}
