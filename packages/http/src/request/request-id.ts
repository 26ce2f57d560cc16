const SAFE_REQUEST_ID = /^[\w.-]{1,128}$/;

/** The caller's `x-request-id` if it is safe to repeat in headers and logs, otherwise a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && SAFE_REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
