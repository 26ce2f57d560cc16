import type { AbortSignalLike } from "@azure/abort-controller";
import type { OperationTracingOptions } from "@azure/core-tracing";
import type { AcsIdentityClient, TokenScope } from "../identity-client/acs-identity-client.js";
import type { IdentityStore } from "../identity-store.js";
import { isGuid } from "../user.js";
import type { TeamsTokenCheck } from "../verification/teams-token-check.js";
import type { DisownedReason } from "./disowned-identity.js";
import type { OrphanedIdentityHook } from "./orphan-reporter.js";
import { tokenRequest } from "./token-request.js";

/** Options of `AcsAuthService`. */
export interface AcsAuthServiceOptions {
  /** Talks to ACS. Make one with `createIdentityClient`; anything shaped like `CommunicationIdentityClient` works. */
  readonly identityClient: AcsIdentityClient;
  /** Holds the mappings. */
  readonly store: IdentityStore;
  /** What tokens allow where a call does not say. Default: `["chat", "voip"]`. */
  readonly tokenScopes?: readonly TokenScope[];
  /** How long tokens live where a call does not say, in minutes, 60 to 1,440. Default: 1,440, as ACS itself. */
  readonly tokenExpiresInMinutes?: number;
  /** Checks a Teams user's token before it is exchanged, and knows this application's client id. Needed for `exchangeTeamsToken`. */
  readonly teamsTokenVerifier?: TeamsTokenCheck;
  /** The total time of one call, over all remote steps and retries, in milliseconds. Default: 15,000. */
  readonly timeoutInMs?: number;
  /**
   * The id of the ACS resource ("immutable resource id" in the portal), a GUID. Default: learned from the first call
   * that succeeds.
   */
  readonly resourceId?: string;
  /**
   * In which cases `issueToken` replaces a mapped identity that ACS disowns by a new one. Default: none, so that a wrong
   * connection string never re-creates every user.
   */
  readonly replaceDisownedIdentity?: readonly DisownedReason[];
  /** Receives every identity that may have been left behind. Default: a warning in the log, without the id. */
  readonly onOrphanedIdentity?: OrphanedIdentityHook;
  /** How many mappings are kept in memory, and for how long. */
  readonly mappingCache?: {
    /** 0 turns the cache off. Default: 10,000. */
    readonly maxEntries?: number;
    /** How long a mapping is used before the store is asked again, in milliseconds. Default: 60,000. */
    readonly ttlInMs?: number;
  };
  /**
   * Hands out an issued token again to the same user, for the same scopes and lifetime, while it has enough life left.
   * Default: off. Tokens are then held in memory, and one that *another* process revoked may be handed out again.
   */
  readonly tokenReuse?: {
    /** The least that a token must have left, in minutes. Default: half of its lifetime. */
    readonly minRemainingInMinutes?: number;
    /** The most users whose tokens are held. Default: 10,000. */
    readonly maxEntries?: number;
  };
}

/** Options of every method of `AcsAuthService`. */
export interface AcsAuthOperationOptions {
  /** Ends the caller's wait; the call rejects with the code `aborted`. */
  readonly abortSignal?: AbortSignalLike;
  /** The parent of the spans of this call. */
  readonly tracingOptions?: OperationTracingOptions;
}

/** Options of `issueToken`. */
export interface IssueTokenOptions extends AcsAuthOperationOptions {
  /** What the token allows. Default: the service's `tokenScopes`. */
  readonly scopes?: readonly TokenScope[];
  /** How long the token lives, in minutes, 60 to 1,440. Default: the service's `tokenExpiresInMinutes`. */
  readonly tokenExpiresInMinutes?: number;
  /** Creates the identity, together with the token in one request, if the user has none. Default: false. */
  readonly createIfMissing?: boolean;
}

/** Options of `exchangeTeamsToken`. */
export interface ExchangeTeamsTokenOptions extends AcsAuthOperationOptions {
  /** The Teams user's Entra token for ACS (`Teams.ManageCalls`, `Teams.ManageChats`). */
  readonly teamsUserAadToken: string;
}

/** @throws TypeError that names the option. */
export function checkServiceOptions(options: AcsAuthServiceOptions): void {
  checkMethods("identityClient", options.identityClient, [
    "createUser",
    "createUserAndToken",
    "getToken",
    "revokeTokens",
    "deleteUser",
    "getTokenForTeamsUser",
  ]);
  checkMethods("store", options.store, ["get", "insertIfAbsent", "removeIfMatches"]);
  if (options.teamsTokenVerifier !== undefined)
    checkMethods("teamsTokenVerifier", options.teamsTokenVerifier, ["verify"]);
  tokenRequest(options.tokenScopes ?? ["chat"], options.tokenExpiresInMinutes ?? 60);
  checkPositive("timeoutInMs", options.timeoutInMs);
  checkPositive("tokenReuse.minRemainingInMinutes", options.tokenReuse?.minRemainingInMinutes);
  checkPositive("tokenReuse.maxEntries", options.tokenReuse?.maxEntries);
  checkPositive("mappingCache.ttlInMs", options.mappingCache?.ttlInMs);
  if (options.mappingCache?.maxEntries !== 0)
    checkPositive("mappingCache.maxEntries", options.mappingCache?.maxEntries);
  if (options.resourceId !== undefined && !isGuid(options.resourceId))
    throw new TypeError("resourceId must be a GUID.");
  if (options.onOrphanedIdentity !== undefined && typeof options.onOrphanedIdentity !== "function") {
    throw new TypeError("onOrphanedIdentity must be a function.");
  }
  for (const reason of options.replaceDisownedIdentity ?? []) {
    if (reason !== "deleted" && reason !== "other_resource") {
      throw new TypeError('replaceDisownedIdentity may hold "deleted" and "other_resource".');
    }
  }
}

function checkMethods(option: string, value: unknown, methods: readonly string[]): void {
  const missing = methods.find(
    (method) => typeof value !== "object" || value === null || typeof Reflect.get(value, method) !== "function",
  );
  if (missing) throw new TypeError(`${option} has no method ${missing}.`);
}

function checkPositive(option: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
    throw new TypeError(`${option} must be a positive number.`);
  }
}
