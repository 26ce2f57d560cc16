import type { GraphCloud } from "../graph/clouds.js";
import type { EntraUser } from "../user.js";

/** On whose behalf a call to Graph is made. */
export interface Caller {
  readonly user: EntraUser;
  /** The user's access token for this server. */
  readonly userAssertion: string | undefined;
  /** Ends the call; aborts with an `AbortError`. */
  readonly signal: AbortSignal;
}

/** A token that Graph refused. */
export interface RefusedToken {
  readonly token: string;
  /** What Graph's claims challenge asks for, as JSON text. */
  readonly claims: string | undefined;
}

/** Where the store's tokens for Graph come from. */
export interface GraphTokens {
  /** A token for the caller; a new one in place of `refused`, if given. */
  getToken(caller: Caller, refused?: RefusedToken): Promise<string>;
}

/** A call that the application makes for itself. */
export type ApplicationCaller = Pick<Caller, "signal">;

/** Tokens of the application itself, whoever the call is about. */
export interface ApplicationTokens extends GraphTokens {
  getToken(caller: ApplicationCaller, refused?: RefusedToken): Promise<string>;
}

interface DelegatedAccess {
  readonly mode: "delegated";
  /** @internal */
  open(cloud: GraphCloud): GraphTokens;
}

interface ApplicationAccess {
  readonly mode: "application";
  /** @internal The tenant whose users can be listed. */
  readonly tenantId: string | undefined;
  /** @internal */
  open(cloud: GraphCloud): ApplicationTokens;
}

/**
 * How the store gets at a user's data in Graph, as the signed-in user or as the application itself; made by `onBehalfOf`
 * or `appOnly`.
 */
export type GraphAccess = DelegatedAccess | ApplicationAccess;
