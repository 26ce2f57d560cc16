import { exportKeys, readKeys, type SigningKeySnapshot } from "../entra/key-snapshot.js";
import type { SigningKeys } from "../entra/keys.js";
import { type Place, writeTime } from "../snapshot/place.js";
import type { Identities } from "./identities.js";
import type { IssuedToken, IssuedTokens } from "./issued-tokens.js";

/** What is known of an access token that was issued; not the token itself. */
export interface TokenSnapshot {
  readonly id: string;
  readonly scopes: readonly string[];
  /** ISO 8601, as all times here. */
  readonly issuedOn: string;
  readonly expiresOn: string;
  readonly revokedFrom?: string;
}

/** What the emulated Azure Communication Services resource needs to go on where it was. */
export interface CommunicationSnapshot {
  readonly resourceId: string;
  readonly signingKeys: readonly SigningKeySnapshot[];
  readonly identities: readonly {
    readonly id: string;
    readonly createdOn: string;
    readonly deletedOn?: string;
    readonly tokens: readonly TokenSnapshot[];
  }[];
  readonly teamsUsers: readonly { readonly id: string; readonly tokens: readonly TokenSnapshot[] }[];
}

export interface CommunicationParts {
  readonly resourceId: string;
  readonly keys: SigningKeys;
  readonly identities: Identities;
  readonly issued: IssuedTokens;
}

export async function exportCommunication(parts: CommunicationParts): Promise<CommunicationSnapshot> {
  const { resourceId, keys, identities, issued } = parts;
  const signingKeys = exportKeys(keys);
  const snapshot = {
    identities: identities.list().map(({ id, createdOn, deletedOn }) => ({
      id,
      createdOn: writeTime(createdOn),
      ...(deletedOn !== undefined && { deletedOn: writeTime(deletedOn) }),
      tokens: issued.of(id).map(writeToken),
    })),
    teamsUsers: issued
      .rawIds()
      .filter(isTeamsUser)
      .map((id) => ({ id, tokens: issued.of(id).map(writeToken) })),
  };
  return { resourceId, signingKeys: await signingKeys, ...snapshot };
}

/** @returns what puts the snapshot in the place of the present state. @throws TypeError that names what does not fit. */
export async function readCommunication(place: Place, parts: CommunicationParts): Promise<() => void> {
  const { resourceId, keys, identities, issued } = parts;
  const member = place.members("resourceId", "signingKeys", "identities", "teamsUsers");
  if (member("resourceId").text() !== resourceId) {
    throw member("resourceId").error(`is not the emulator's: ${resourceId}. Start it with the same one.`);
  }
  const replaceKeys = await readKeys(member("signingKeys"), keys);
  const restored = member("identities")
    .items()
    .map((identity) => readIdentity(identity, resourceId));
  const teamsUsers = member("teamsUsers").items().map(readTeamsUser);
  return () => {
    replaceKeys();
    identities.restore(restored.map(({ identity }) => identity));
    issued.restore([...restored.map(({ identity, tokens }) => [identity.id, tokens] as const), ...teamsUsers]);
  };
}

function readIdentity(place: Place, resourceId: string) {
  const of = place.members("id", "createdOn", "deletedOn", "tokens");
  const id = of("id").text();
  if (!id.startsWith(`8:acs:${resourceId}_`)) throw of("id").error("must be an identity of the resource.");
  const deletedOn = of("deletedOn");
  return {
    identity: {
      id,
      createdOn: of("createdOn").time(),
      ...(deletedOn.isPresent && { deletedOn: deletedOn.time() }),
    },
    tokens: of("tokens").items().map(readToken),
  };
}

function readTeamsUser(place: Place): readonly [rawId: string, tokens: readonly IssuedToken[]] {
  const of = place.members("id", "tokens");
  const id = of("id").text();
  if (!isTeamsUser(id)) throw of("id").error("must be the id of a Teams user.");
  return [id, of("tokens").items().map(readToken)];
}

function writeToken({ id, scopes, issuedOn, expiresOn, revokedFrom }: IssuedToken): TokenSnapshot {
  return {
    id,
    scopes,
    issuedOn: writeTime(issuedOn),
    expiresOn: writeTime(expiresOn),
    ...(revokedFrom !== undefined && { revokedFrom: writeTime(revokedFrom) }),
  };
}

function readToken(place: Place): IssuedToken {
  const of = place.members("id", "scopes", "issuedOn", "expiresOn", "revokedFrom");
  const revokedFrom = of("revokedFrom");
  return {
    id: of("id").text(),
    scopes: of("scopes").texts(),
    issuedOn: of("issuedOn").time(),
    expiresOn: of("expiresOn").time(),
    ...(revokedFrom.isPresent && { revokedFrom: revokedFrom.time() }),
  };
}

function isTeamsUser(rawId: string): boolean {
  return rawId.startsWith("8:orgid:");
}
