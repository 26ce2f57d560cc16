import type { RequestListener } from "node:http";
import {
  type AcsAuthHandler,
  type AcsAuthHandlerOptions,
  createAcsAuthHandler,
  EasyAuthVerifier,
  type EasyAuthVerifierOptions,
  type HandlerService,
  toNodeListener,
} from "@acs-auth/http";
import { afterEach, beforeEach, vi } from "vitest";
import { caller, scriptedService } from "./doubles.js";
import { serve } from "./serve.js";

export const { tenantId, objectId } = caller;
export const HOST = "api.contoso.com";
/** What the platform's claims mapping puts before a name. */
export const LONG = "http://schemas.microsoft.com/identity/claims/";

export type Claim = readonly [typ: string, val: unknown];

export const ids: readonly Claim[] = [
  ["tid", tenantId],
  ["oid", objectId],
];

export const encode = (principal: unknown) => Buffer.from(JSON.stringify(principal)).toString("base64");

/** The headers as App Service sets them. */
export function signedIn(claims: readonly Claim[] = ids, provider = "aad") {
  const listed = claims.map(([typ, val]) => ({ typ, val }));
  return {
    "x-ms-client-principal": encode({ auth_typ: provider, claims: listed, name_typ: "name", role_typ: "roles" }),
    "x-ms-client-principal-idp": provider,
  };
}

/** Runs the tests of a file with the environment of App Service. */
export function useAppService(): void {
  beforeEach(() => {
    vi.stubEnv("WEBSITE_AUTH_ENABLED", "True");
    vi.stubEnv("WEBSITE_SITE_NAME", "contoso-api");
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** Serves the handler with an `EasyAuthVerifier`, to users without an identity. */
export async function startEasyAuth(
  options: Partial<EasyAuthVerifierOptions> = {},
  handlerOptions: Partial<AcsAuthHandlerOptions> = {},
  adapt: (handler: AcsAuthHandler) => RequestListener = toNodeListener,
) {
  const users: Parameters<HandlerService["getUser"]>[0][] = [];
  const service = scriptedService({
    getUser: async (user) => {
      users.push(user);
      return undefined;
    },
  });
  const verifier = new EasyAuthVerifier({ tenantId, ...options });
  const ask = await serve(adapt(createAcsAuthHandler({ service, verifier, ...handlerOptions })));
  const get = (headers: Readonly<Record<string, string | string[]>>) =>
    ask("GET", "/api/user", { anonymous: true, headers: { host: HOST, ...headers } });
  return { users, service, ask, get };
}
