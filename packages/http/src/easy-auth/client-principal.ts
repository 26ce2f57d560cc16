import { Buffer } from "node:buffer";
import { AcsAuthError } from "@acs-auth/core";

/** The user as the platform describes them; claims by their short names. */
export interface ClientPrincipal {
  readonly identityProvider: string;
  readonly claims: ReadonlyMap<string, unknown>;
}

const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

/** What the platform's claims mapping makes of the names, in lower case. */
const SHORT_NAMES = new Map([
  ["http://schemas.microsoft.com/identity/claims/tenantid", "tid"],
  ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"],
  ["http://schemas.microsoft.com/identity/claims/scope", "scp"],
]);

/** The claims that decide something here: each at most once, however it is spelt. */
const SINGLE_CLAIMS = new Set(["tid", "oid", "scp", "idtyp", "azp", "appid"]);

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads `X-MS-CLIENT-PRINCIPAL` and `X-MS-CLIENT-PRINCIPAL-IDP`, which must agree.
 *
 * @throws AcsAuthError `missing_token`, `invalid_token` with the reason `malformed_principal` or `ambiguous_claim`.
 * @see https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 */
export function readClientPrincipal(headers: Headers): ClientPrincipal {
  const encoded = headers.get("x-ms-client-principal");
  if (!encoded) throw new AcsAuthError("missing_token", "Nobody is signed in.");
  const { auth_typ: identityProvider, claims } = decode(encoded);
  if (typeof identityProvider !== "string" || identityProvider !== headers.get("x-ms-client-principal-idp")) {
    throw malformed();
  }
  if (!Array.isArray(claims)) throw malformed();
  return { identityProvider, claims: collect(claims) };
}

export function refused(reason: string, message: string): AcsAuthError {
  return new AcsAuthError("invalid_token", message, { reason });
}

function decode(encoded: string): Readonly<Record<string, unknown>> {
  if (!BASE64.test(encoded)) throw malformed();
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(Buffer.from(encoded, "base64")));
  } catch {
    throw malformed();
  }
  if (!isObject(value)) throw malformed();
  return value;
}

/** A claim that occurs several times, such as `groups`, becomes a list. */
function collect(entries: readonly unknown[]): ReadonlyMap<string, unknown> {
  const claims = new Map<string, unknown>();
  for (const entry of entries) {
    if (!isObject(entry) || typeof entry["typ"] !== "string") throw malformed();
    const name = shortName(entry["typ"]);
    const value = entry["val"];
    if (!claims.has(name)) {
      claims.set(name, value);
    } else if (SINGLE_CLAIMS.has(name)) {
      throw refused("ambiguous_claim", `The claim ${name} occurs more than once.`);
    } else {
      claims.set(name, [claims.get(name), value].flat());
    }
  }
  return claims;
}

function shortName(type: string): string {
  const lowerCased = type.toLowerCase();
  return SHORT_NAMES.get(lowerCased) ?? (SINGLE_CLAIMS.has(lowerCased) ? lowerCased : type);
}

function malformed(): AcsAuthError {
  return refused("malformed_principal", "The headers do not name one signed-in user.");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
