/**
 * Names one person in the identity provider.
 *
 * For Microsoft Entra ID this is the pair `tid` + `oid` of the access token, both lower-case GUIDs; for any other
 * OpenID provider the issuer and its `sub`. Never an e-mail address, a UPN or Entra's pairwise `sub`.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/claims-validation
 */
export interface UserKey {
  /** Entra `tid`, or the issuer of another OpenID provider. */
  readonly tenantId: string;
  /** Entra `oid`, or the `sub` of another OpenID provider. */
  readonly objectId: string;
}

/** The user of a verified access token. */
export interface AuthenticatedUser extends UserKey {
  /** The verified token itself: the assertion of an On-Behalf-Of request. */
  readonly accessToken: string;
  /** The delegated scopes of the token (`scp`), in the token's order. */
  readonly scopes: readonly string[];
  /** The application that asked for the token: `azp` in v2.0 tokens, `appid` in v1.0 tokens. */
  readonly clientId: string | undefined;
  /** Every verified claim of the token. */
  readonly claims: Readonly<Record<string, unknown>>;
}

const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** The longest tenant or object id accepted, in UTF-16 code units. */
const MAX_LENGTH = 1024;

export function isGuid(value: unknown): value is string {
  return typeof value === "string" && GUID.test(value);
}

/**
 * The canonical form of a user key: exactly the two members, Entra's GUIDs in lower case, so that one person never
 * gets two identities for a difference in spelling.
 *
 * @throws TypeError if a member is missing, empty, not a string or longer than 1,024 characters.
 */
export function canonicalUserKey(user: UserKey): UserKey {
  const tenantId = checkMember(user, "tenantId");
  const objectId = checkMember(user, "objectId");
  return isGuid(tenantId) && isGuid(objectId)
    ? { tenantId: tenantId.toLowerCase(), objectId: objectId.toLowerCase() }
    : { tenantId, objectId };
}

function checkMember(user: UserKey, member: keyof UserKey): string {
  const value: unknown = user?.[member];
  if (typeof value !== "string" || value === "" || value.length > MAX_LENGTH) {
    throw new TypeError(`user.${member} must be a non-empty string of at most ${MAX_LENGTH} characters.`);
  }
  return value;
}

/** A string that is equal for equal users and different for different ones, whatever characters the key holds. */
export function userKeyId(user: UserKey): string {
  return `${user.tenantId.length}:${user.tenantId}${user.objectId}`;
}
