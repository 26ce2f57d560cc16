import { STATUS_CODES } from "node:http";
import type { ProblemCode, ProblemDetails } from "../errors/problem.js";
import type { AcsAuthHandlerOptions } from "../options.js";
import type { OpenApiHeader, OpenApiReference, OpenApiResponse } from "./component-types.js";
import { ALLOW, CHALLENGE, headersWith, RETRY_AFTER, SCOPE_CHALLENGE } from "./headers.js";
import { PROBLEM_CODES } from "./problem-codes.js";
import { reference } from "./references.js";

interface ProblemResponse {
  readonly status: number;
  readonly description: string;
  readonly codes: readonly ProblemCode[];
  readonly headers?: Record<string, OpenApiHeader>;
}

const RESPONSES = {
  InvalidRequest: { status: 400, description: "The request is malformed.", codes: ["invalid_request"] },
  InvalidTeamsRequest: {
    status: 400,
    description: "The request is malformed, or the Teams user's token was refused.",
    codes: ["invalid_request", "invalid_teams_token"],
  },
  Unauthorized: {
    status: 401,
    description: "The request carries no access token that will do.",
    codes: ["missing_token", "invalid_token", "claims_challenge", "interaction_required"],
    headers: { "WWW-Authenticate": CHALLENGE },
  },
  Forbidden: {
    status: 403,
    description: "The user may not do this.",
    codes: [
      "insufficient_scope",
      "forbidden",
      "consent_required",
      "claims_challenge",
      "mapping_tampered",
      "mapping_unsigned",
    ],
    headers: { "WWW-Authenticate": SCOPE_CHALLENGE },
  },
  NoIdentity: { status: 404, description: "The user has no identity.", codes: ["identity_not_found"] },
  NoTeamsExchange: {
    status: 404,
    description: "The server does not exchange Teams tokens.",
    codes: ["teams_exchange_not_configured"],
  },
  UnknownPath: { status: 404, description: "The answer for every path that is not described.", codes: ["not_found"] },
  MethodNotAllowed: {
    status: 405,
    description: "The answer for every method that is not described, but OPTIONS.",
    codes: ["method_not_allowed"],
    headers: { Allow: ALLOW },
  },
  Disowned: {
    status: 409,
    description: "ACS disowns the user's identity.",
    codes: ["identity_deleted", "identity_of_other_resource", "identity_not_owned"],
  },
  BodyTooLarge: { status: 413, description: "The body is too large.", codes: ["invalid_request"] },
  NoJson: { status: 415, description: "The body is not of the type application/json.", codes: ["invalid_request"] },
  TooManyRequests: {
    status: 429,
    description: "Somebody asks to slow down: this server (`rate_limited`), or a service behind it (`throttled`).",
    codes: ["throttled", "rate_limited"],
    headers: { "Retry-After": RETRY_AFTER },
  },
  ServerFailed: { status: 500, description: "The server failed.", codes: ["internal_error"] },
  BadGateway: {
    status: 502,
    description: "A service behind this server refused it: a matter of its configuration or of the stored data.",
    codes: ["provider_denied", "store_denied", "mapping_invalid", "acs_denied", "acs_rejected"],
    headers: { "Retry-After": RETRY_AFTER },
  },
  Unavailable: {
    status: 503,
    description: "A service behind this server failed or could not be reached.",
    codes: [
      "provider_unavailable",
      "key_server_unavailable",
      "store_unavailable",
      "mapping_outcome_unknown",
      "acs_unavailable",
    ],
    headers: { "Retry-After": RETRY_AFTER },
  },
  Timeout: { status: 504, description: "The services behind this server took too long.", codes: ["timeout"] },
} as const satisfies Record<string, ProblemResponse>;

export type ProblemResponseName = keyof typeof RESPONSES;

/** What every operation may answer. */
const EVERYWHERE: readonly ProblemResponseName[] = [
  "InvalidRequest",
  "Unauthorized",
  "Forbidden",
  "TooManyRequests",
  "ServerFailed",
  "BadGateway",
  "Unavailable",
  "Timeout",
];

/** The problems of an operation by status: those of every operation and its own, which prevail. */
export function problems(...own: readonly ProblemResponseName[]): Record<string, OpenApiReference> {
  const names = [...EVERYWHERE, ...own];
  return Object.fromEntries(names.map((name) => [RESPONSES[name].status, reference("responses", name)]));
}

export function problemResponses({
  rateLimit,
}: Pick<AcsAuthHandlerOptions, "rateLimit">): Record<string, OpenApiResponse> {
  const isPossible = (code: ProblemCode) => code !== "rate_limited" || rateLimit !== undefined;
  const entries = Object.entries<ProblemResponse>(RESPONSES);
  return Object.fromEntries(
    entries.map(([name, { codes, ...response }]) => [name, describe({ ...response, codes: codes.filter(isPossible) })]),
  );
}

function describe({ status, description, codes, headers }: ProblemResponse): OpenApiResponse {
  const schema = {
    allOf: [reference("schemas", "Problem"), { properties: { status: { const: status }, code: { enum: [...codes] } } }],
  };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(status, code) }]));
  return {
    description,
    headers: headersWith(headers),
    content: { "application/problem+json": { schema, examples } },
  };
}

function exampleOf(status: number, code: ProblemCode): ProblemDetails {
  const requestId = "6b0f8c9e-7a0c-4b7e-9c55-3f1c2f6f0e0a";
  const title = STATUS_CODES[status] ?? "";
  return { type: "about:blank", title, status, detail: PROBLEM_CODES[code], code, requestId };
}
