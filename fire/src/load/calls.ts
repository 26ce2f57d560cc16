import type { AcsAuthService, UserKey } from "@acs-auth/core";

/** What a call of the service may depend on. */
export type Part = "store" | "acs" | "keys";

/** A signed-in user, with a token for the Teams exchange. */
export interface Caller extends UserKey {
  readonly accessToken: string;
  readonly teamsUserAadToken: string;
}

export interface ServiceCall {
  readonly method: string;
  readonly needs: readonly Part[];
  /** Whether the user has an identity before. */
  readonly isMapped: boolean;
  run(service: AcsAuthService, caller: Caller, options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}

/** Every method of the service, in each of the ways that it can take. */
export const SERVICE_CALLS: readonly ServiceCall[] = [
  {
    method: "getOrCreateUser, new",
    needs: ["store", "acs"],
    isMapped: false,
    run: (service, caller, options) => service.getOrCreateUser(caller, options),
  },
  {
    method: "getOrCreateUser, known",
    needs: ["store"],
    isMapped: true,
    run: (service, caller, options) => service.getOrCreateUser(caller, options),
  },
  {
    method: "getUser",
    needs: ["store"],
    isMapped: true,
    run: (service, caller, options) => service.getUser(caller, options),
  },
  {
    method: "issueToken, known",
    needs: ["store", "acs"],
    isMapped: true,
    run: (service, caller, options) => service.issueToken(caller, options),
  },
  {
    method: "issueToken, new",
    needs: ["store", "acs"],
    isMapped: false,
    run: (service, caller, options) => service.issueToken(caller, { createIfMissing: true, ...options }),
  },
  {
    method: "revokeTokens",
    needs: ["store", "acs"],
    isMapped: true,
    run: (service, caller, options) => service.revokeTokens(caller, options),
  },
  {
    method: "deleteUser",
    needs: ["store", "acs"],
    isMapped: true,
    run: (service, caller, options) => service.deleteUser(caller, options),
  },
  {
    method: "exchangeTeamsToken",
    needs: ["keys", "acs"],
    isMapped: false,
    run: (service, caller, options) => {
      const { teamsUserAadToken } = caller;
      return service.exchangeTeamsToken(caller, { teamsUserAadToken, ...options });
    },
  },
];
