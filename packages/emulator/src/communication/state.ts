import type { Identities } from "./identities.js";
import { type IssuedTokens, type TokenStatus, tokenStatus } from "./issued-tokens.js";

/** An access token that was issued, without the token itself. */
export interface TokenState {
  /** What it allows, such as `chat`. */
  readonly scopes: readonly string[];
  /** ISO 8601, as all times here. */
  readonly issuedOn: string;
  /** From when on it is refused, unless it was revoked. */
  readonly expiresOn: string;
  /** At the time of reading. */
  readonly status: TokenStatus;
}

/** An identity, also after its deletion. */
export interface IdentityState {
  /** `8:acs:<resource>_<user>` */
  readonly id: string;
  /** ISO 8601. */
  readonly createdOn: string;
  /** Absent while the identity exists. */
  readonly deletedOn?: string;
  /** The oldest first. Expired ones are forgotten when a new one is issued. */
  readonly tokens: readonly TokenState[];
}

/** A Teams user whose token was exchanged. */
export interface TeamsUserState {
  /** `8:orgid:<objectId>` */
  readonly id: string;
  /** The oldest first. Expired ones are forgotten when a new one is issued. */
  readonly tokens: readonly TokenState[];
}

/** What the emulated Azure Communication Services resource holds, ready for JSON. */
export interface CommunicationState {
  /** The resource half of every identity id. */
  readonly resourceId: string;
  /** The oldest first. */
  readonly identities: readonly IdentityState[];
  /** In the order of their first exchange. */
  readonly teamsUsers: readonly TeamsUserState[];
}

export interface StateSource {
  readonly resourceId: string;
  readonly identities: Identities;
  readonly issued: IssuedTokens;
  readonly now: number;
}

export function readState({ resourceId, identities, issued, now }: StateSource): CommunicationState {
  const tokens = (rawId: string): readonly TokenState[] =>
    issued.of(rawId).map((token) => ({
      scopes: token.scopes,
      issuedOn: isoTime(token.issuedOn),
      expiresOn: isoTime(token.expiresOn),
      status: tokenStatus(token, now),
    }));
  return {
    resourceId,
    identities: identities.list().map(({ id, createdOn, deletedOn }) => ({
      id,
      createdOn: isoTime(createdOn),
      ...(deletedOn !== undefined && { deletedOn: isoTime(deletedOn) }),
      tokens: tokens(id),
    })),
    teamsUsers: issued
      .rawIds()
      .filter((id) => id.startsWith("8:orgid:"))
      .map((id) => ({ id, tokens: tokens(id) })),
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
