import { createServer } from "node:http";
import { AcsAuthService, createIdentityClient, EntraTokenVerifier, TeamsTokenVerifier } from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { onTestFinished } from "vitest";
import { close, listen } from "../../support/serve.js";

/**
 * A server in the place of the samples' own; the exchange needs no scope of its own.
 *
 * @returns its address, which ends with a slash as in the clients' configuration.
 */
export async function startServer(emulator: Emulator): Promise<string> {
  const { clientId } = emulator.fixtures.applications.api;
  const authorityHost = emulator.entra.url;
  const handler = createAcsAuthHandler({
    service: new AcsAuthService({
      identityClient: createIdentityClient(emulator.communication.connectionString),
      store: new MemoryIdentityStore(),
      teamsTokenVerifier: new TeamsTokenVerifier({ clientId, authorityHost }),
      timeoutInMs: 3_000,
    }),
    verifier: new EntraTokenVerifier({ clientId, tenantId: emulator.fixtures.tenants.home.id, authorityHost }),
    exchangeScopes: [],
  });
  const server = createServer(toNodeListener(handler));
  onTestFinished(() => close(server));
  return `http://127.0.0.1:${await listen(server)}/`;
}
