import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AcsAuthService, createIdentityClient, EntraTokenVerifier } from "@acs-auth/core";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { recordOrphan, recordResponse } from "./metrics.js";

const handler = createAcsAuthHandler({
  service: new AcsAuthService({
    identityClient: createIdentityClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"] ?? ""),
    store: new MemoryIdentityStore(),
    onOrphanedIdentity: recordOrphan,
  }),
  verifier: new EntraTokenVerifier({
    tenantId: process.env["AZURE_TENANT_ID"] ?? "",
    clientId: process.env["AZURE_CLIENT_ID"] ?? "",
    authorityHost: process.env["AZURE_AUTHORITY_HOST"] ?? "https://login.microsoftonline.com",
  }),
  createOnToken: true,
  onResponse: recordResponse,
});

const server = createServer(toNodeListener(handler)).listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});

process.once("SIGTERM", () => {
  server.close();
  if (process.connected) process.disconnect();
});
