import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AcsAuthClientOptions, TokenScope } from "@acs-auth/client";
import { AcsAuthService, createIdentityClient, EntraTokenVerifier } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { certificates } from "./certificates.js";

/** What the modes work with: a server, a user who is signed in, and an ACS resource. */
export interface Environment {
  /** Where the server is, and how the user's access token for it is got. */
  readonly server: AcsAuthClientOptions;
  /** What the tokens are to allow. */
  readonly scopes: readonly TokenScope[];
  readonly emulator: Emulator;
  close(): Promise<void>;
}

export async function startEnvironment(scopes: readonly TokenScope[]): Promise<Environment> {
  const ports = { entra: 0, communication: 0, graph: 0, admin: 0 };
  const emulator = await startEmulator({ ports, certificates });
  const { tenants, applications } = emulator.fixtures;
  const handler = createAcsAuthHandler({
    service: new AcsAuthService({
      identityClient: createIdentityClient(emulator.communication.connectionString),
      store: new MemoryIdentityStore(),
    }),
    verifier: new EntraTokenVerifier({
      tenantId: tenants.home.id,
      clientId: applications.api.clientId,
      authorityHost: emulator.entra.url,
    }),
    createOnToken: true,
    tokenScopes: ["chat", "voip"],
    tokenExpiresInMinutes: 60,
  });
  const server = createServer(toNodeListener(handler)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    server: {
      endpoint: `http://127.0.0.1:${port}`,
      getAccessToken: () => emulator.mintToken({ user: "user-one" }),
    },
    scopes,
    emulator,
    async close() {
      server.closeAllConnections();
      server.close();
      await emulator.close();
    },
  };
}
