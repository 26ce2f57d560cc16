import {
  type AcsAuthHandler,
  type AcsAuthHandlerOptions,
  createAcsAuthHandler,
  EasyAuthVerifier,
} from "@acs-auth/http";

export function createHandler(options: Omit<AcsAuthHandlerOptions, "verifier">): AcsAuthHandler {
  const verifier = new EasyAuthVerifier({ tenantId: process.env["AZURE_TENANT_ID"] ?? "" });
  return createAcsAuthHandler({ ...options, verifier });
}
