import { AcsAuthService, createIdentityClient, EntraTokenVerifier } from "@acs-auth/core";
import { createAcsAuthHandler, toExpress } from "@acs-auth/http";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import express from "express";

const service = new AcsAuthService({
  identityClient: createIdentityClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"] ?? ""),
  store: new MemoryIdentityStore(),
});
const verifier = new EntraTokenVerifier({
  tenantId: process.env["AZURE_TENANT_ID"] ?? "",
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
});

const handler = createAcsAuthHandler({ service, verifier, tokenScopes: ["chat", "voip"] });

express().use(toExpress(handler)).listen(5000);
