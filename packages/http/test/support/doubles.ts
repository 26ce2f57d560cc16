import { AcsAuthError, type AuthenticatedUser, type TokenVerifier, type VerifyTokenOptions } from "@acs-auth/core";
import type { HandlerService } from "@acs-auth/http";

export const COMMUNICATION_USER_ID = "8:acs:e0000000-0000-4000-8000-000000000001_00000000-0000-4000-8000-000000000002";
export const EXPIRES_ON = new Date("2026-01-01T00:00:00.000Z");
export const CALLER_TOKEN = "caller.access.token";
export const TEAMS_TOKEN = "teams.access.token";

export const caller: AuthenticatedUser = {
  tenantId: "a0000000-0000-4000-8000-000000000001",
  objectId: "b0000000-0000-4000-8000-000000000001",
  accessToken: CALLER_TOKEN,
  scopes: ["access_as_user"],
  clientId: "c0000000-0000-4000-8000-000000000002",
  claims: {},
};

/** One call of the service, without the caller and the abort signal. */
export interface Call {
  readonly method: keyof HandlerService;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ScriptedService extends HandlerService {
  readonly calls: Call[];
}

/** A service that answers as told and writes down what it was asked. */
export function scriptedService(script: Partial<HandlerService> = {}): ScriptedService {
  const calls: Call[] = [];
  const record = <M extends keyof HandlerService>(method: M, answer: HandlerService[M]): HandlerService[M] =>
    ((user: AuthenticatedUser, { abortSignal: _, ...options }: Record<string, unknown>) => {
      calls.push({ method, options });
      return Reflect.apply(script[method] ?? answer, undefined, [user, { abortSignal: _, ...options }]);
    }) as HandlerService[M];
  const user = { communicationUserId: COMMUNICATION_USER_ID };
  return {
    calls,
    getOrCreateUser: record("getOrCreateUser", async () => ({ ...user, created: true })),
    getUser: record("getUser", async () => ({ user: caller, ...user, createdOn: EXPIRES_ON })),
    issueToken: record("issueToken", async () => ({ token: "acs.token", expiresOn: EXPIRES_ON, user })),
    revokeTokens: record("revokeTokens", async () => undefined),
    deleteUser: record("deleteUser", async () => ({ deleted: true })),
    exchangeTeamsToken: record("exchangeTeamsToken", async () => ({ token: "teams.acs.token", expiresOn: EXPIRES_ON })),
  };
}

export interface ScriptedVerifier extends TokenVerifier {
  readonly requiredScopes: (readonly string[] | undefined)[];
}

/** Accepts the one token of the caller. */
export function scriptedVerifier(claims: AuthenticatedUser["claims"] = {}): ScriptedVerifier {
  const requiredScopes: (readonly string[] | undefined)[] = [];
  return {
    requiredScopes,
    async verify(token: string, options?: VerifyTokenOptions) {
      requiredScopes.push(options?.requiredScopes);
      if (token === CALLER_TOKEN) return { ...caller, claims };
      throw new AcsAuthError("invalid_token", "The access token was refused.", { reason: "signature" });
    },
  };
}
