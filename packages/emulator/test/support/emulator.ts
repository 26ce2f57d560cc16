import { ClientSecretCredential } from "@azure/identity";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/index.js";

/** One emulator per test file, reset before every test. */
export function useEmulator(options: EmulatorOptions = {}): () => Emulator {
  let running: Emulator | undefined;
  const emulator = () => {
    if (!running) throw new Error("The emulator is not running.");
    return running;
  };
  beforeAll(async () => {
    running = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 }, ...options });
  });
  beforeEach(() => emulator().reset());
  afterAll(() => running?.close());
  return emulator;
}

/** What a server with the fixture API's secret authenticates with. */
export function apiCredential({ fixtures, entra }: Emulator, changes: { readonly secret?: string } = {}) {
  const { api } = fixtures.applications;
  return new ClientSecretCredential(fixtures.tenants.home.id, api.clientId, changes.secret ?? api.clientSecret, {
    authorityHost: entra.url,
    disableInstanceDiscovery: true,
  });
}
