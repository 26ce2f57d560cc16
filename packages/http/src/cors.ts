import type { HttpCall } from "./http-call.js";

const EXPOSED = "WWW-Authenticate, Retry-After, X-Request-Id";
const ALLOWED_HEADERS = "Authorization,Content-Type,teams-user-aad-token";
const PREFLIGHT_MAX_AGE_IN_SECONDS = 600;

type CorsHeaders = Readonly<Record<string, string>>;

/** What lets pages of the listed origins read an answer. */
export function corsHeaders(call: HttpCall, origins: readonly string[]): CorsHeaders {
  const origin = call.header("origin");
  if (origin === undefined || !origins.includes(origin)) return { vary: "Origin" };
  return { vary: "Origin", "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED };
}

/** What lets pages send requests with these methods, besides {@link corsHeaders}. */
export function preflightHeaders(methods: Iterable<string>): CorsHeaders {
  return {
    "access-control-allow-methods": [...methods].join(","),
    "access-control-allow-headers": ALLOWED_HEADERS,
    "access-control-max-age": String(PREFLIGHT_MAX_AGE_IN_SECONDS),
  };
}
