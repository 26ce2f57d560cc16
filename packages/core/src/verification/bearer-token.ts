import { AcsAuthError } from "../errors/acs-auth-error.js";
import { invalidToken } from "./rejection.js";

/** The longest header value looked at, in characters; the verifiers' own bound for a token is lower by default. */
const MAX_HEADER_LENGTH = 64 * 1024;

/** The `b64token` of RFC 6750 section 2.1. */
export const B64_TOKEN = /^[\w\-.~+/]+=*$/;

/**
 * The one Bearer token of an `Authorization` header, as RFC 6750 section 2.1 writes it. The scheme may be in upper or
 * lower case; everything else is refused rather than guessed at.
 *
 * @param authorization - The header's value; `null` and `undefined` mean that there is none.
 * @throws AcsAuthError `missing_token` without a value, else `invalid_token` with the reason `unsupported_scheme`,
 * `malformed_authorization`, `multiple_tokens` or `too_large`.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function getBearerToken(authorization: string | null | undefined): string {
  if (authorization === null || authorization === undefined || authorization === "") {
    throw new AcsAuthError("missing_token", "The request carries no access token.");
  }
  if (authorization.length > MAX_HEADER_LENGTH) throw invalidToken("too_large");

  const [scheme, token, ...others] = authorization.split(/ +/);
  if (scheme?.toLowerCase() !== "bearer") throw invalidToken("unsupported_scheme");
  if (authorization.includes(",") || others.some((word) => word !== "")) throw invalidToken("multiple_tokens");
  if (token === undefined || others.length > 0 || !B64_TOKEN.test(token)) throw invalidToken("malformed_authorization");
  return token;
}
