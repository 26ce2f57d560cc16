import type { HttpCall } from "../http-call.js";

const SAFE_REQUEST_ID = /^[\w.-]{1,128}$/;

/** The caller's `x-request-id` if it is safe to repeat in headers and logs, otherwise a new one. */
export function requestIdOf(call: HttpCall): string {
  const given = call.header("x-request-id");
  return given !== undefined && SAFE_REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
