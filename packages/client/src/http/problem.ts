import { AcsAuthError } from "../errors/acs-auth-error.js";
import { claimsOf } from "./challenge.js";
import { jsonObject } from "./json.js";
import { retryAfterInMs } from "./retry-after.js";
import type { Reply } from "./send.js";

const CODE = /^[a-z_]{1,64}$/;
const REQUEST_ID = /^[\w.-]{1,128}$/;
const MAX_DETAIL_LENGTH = 500;
/** Whatever looks like a JSON Web Token or another long secret. */
const SECRET = /eyJ[\w-]+(?:\.[\w-]*)*|[\w~+-]{40,}=*/g;

/**
 * The error for an answer that is no success.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemOf(reply: Reply): AcsAuthError {
  const { status: statusCode, headers } = reply;
  const details = {
    statusCode: statusCode === 0 ? undefined : statusCode,
    retryAfterInMs: retryAfterInMs(headers),
    claims: statusCode === 401 ? claimsOf(headers) : undefined,
    requestId: requestIdOf(reply),
  };
  if (statusCode === 0 || (statusCode >= 300 && statusCode < 400)) {
    return new AcsAuthError("invalid_response", "The server answered with a redirect, which is not followed.", details);
  }
  const { code, detail, reason } = jsonObject(reply.text) ?? {};
  if (typeof code !== "string" || !CODE.test(code)) {
    return new AcsAuthError("http_error", `The server answered with status ${statusCode}.`, details);
  }
  const message = typeof detail === "string" ? redact(detail) : `The server answered ${statusCode} ${code}.`;
  return new AcsAuthError(code, message, { ...details, reason: typeof reason === "string" ? reason : undefined });
}

/** The id under which the server's log has the request. */
export function requestIdOf({ headers }: Reply): string | undefined {
  const id = headers.get("x-request-id") ?? "";
  return REQUEST_ID.test(id) ? id : undefined;
}

function redact(detail: string): string {
  return detail.replace(SECRET, "[redacted]").slice(0, MAX_DETAIL_LENGTH);
}
