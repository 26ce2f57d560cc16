import { Buffer } from "node:buffer";
import { AcsAuthError } from "../../errors/acs-auth-error.js";
import { invalidToken } from "../rejection.js";
import type { Claims } from "./claims.js";
import { parseUniqueJson } from "./unique-json.js";

/** A token that has the right form. Nothing in it is verified. */
export interface DecodedToken {
  readonly text: string;
  readonly algorithm: string;
  readonly keyId: string;
  readonly claims: Claims;
}

const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Parameters that change how a token is read, or that bring the key it shall be verified with (RFC 8725 section 3). */
const REFUSED_HEADERS = ["crit", "b64", "jku", "jwk", "x5u", "x5c", "zip", "enc", "cty"];

/** Media types of access tokens (RFC 7519 section 5.1, RFC 9068 section 2.1). */
const TYPES = new Set(["jwt", "at+jwt", "application/at+jwt"]);

const MAX_KEY_ID_LENGTH = 256;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON Web Token without verifying it, and refuses whatever is not plainly a signed access token.
 *
 * @throws AcsAuthError `missing_token`, `invalid_token`.
 */
export function decodeToken(
  text: string,
  { maxLength, algorithms }: { readonly maxLength: number; readonly algorithms: readonly string[] },
): DecodedToken {
  if (typeof text !== "string" || text === "") {
    throw new AcsAuthError("missing_token", "The call carries no access token.");
  }
  if (text.length > maxLength) throw invalidToken("too_large");
  const [, encodedHeader = "", encodedClaims = "", signature = ""] = COMPACT_JWS.exec(text) ?? [];
  const { alg, kid, typ, ...others } = decodeJson(encodedHeader);
  if (typeof alg !== "string" || !algorithms.includes(alg)) throw invalidToken("algorithm_not_allowed");
  if (REFUSED_HEADERS.some((name) => Object.hasOwn(others, name))) throw invalidToken("unsupported_header");
  if (typ !== undefined && !(typeof typ === "string" && TYPES.has(typ.toLowerCase()))) {
    throw invalidToken("unsupported_type");
  }
  if (typeof kid !== "string" || kid === "" || kid.length > MAX_KEY_ID_LENGTH) throw invalidToken("missing_key_id");
  const claims = decodeJson(encodedClaims);
  decodeBase64Url(signature);
  return { text, algorithm: alg, keyId: kid, claims };
}

function decodeJson(encoded: string): Record<string, unknown> {
  const bytes = decodeBase64Url(encoded);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw invalidToken("malformed");
  }
  return parseUniqueJson(text);
}

/** Only the spelling that an encoder writes, or one token would have several texts (RFC 4648 section 3.5). */
function decodeBase64Url(encoded: string): Uint8Array {
  const bytes = Buffer.from(encoded, "base64url");
  if (bytes.toString("base64url") !== encoded) throw invalidToken("malformed");
  return bytes;
}
