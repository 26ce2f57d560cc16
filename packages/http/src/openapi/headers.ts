import type { OpenApiHeader, OpenApiParameter, OpenApiReference } from "./component-types.js";
import { reference } from "./references.js";

/** The headers of every response. */
export const HEADERS = {
  "Cache-Control": {
    description: "Nobody may store the response.",
    required: true,
    schema: { type: "string", const: "no-store" },
  },
  "X-Content-Type-Options": {
    description: "Browsers must take the content type as it is.",
    required: true,
    schema: { type: "string", const: "nosniff" },
  },
  "X-Request-Id": {
    description: "The id of the request: the caller's own, or a new one.",
    required: true,
    schema: { type: "string", pattern: "^[\\w.-]{1,128}$" },
  },
} as const satisfies Record<string, OpenApiHeader>;

export const PARAMETERS = {
  RequestId: {
    name: "X-Request-Id",
    in: "header",
    description: "An id for the request, which the response repeats. One of another form is replaced.",
    schema: { type: "string", pattern: "^[\\w.-]{1,128}$" },
  },
  TeamsToken: {
    name: "teams-user-aad-token",
    in: "header",
    description: "The Teams user's Entra access token with Teams.ManageCalls and Teams.ManageChats.",
    required: true,
    schema: { type: "string", pattern: "^[\\w.~+/-]+=*$" },
  },
} as const satisfies Record<string, OpenApiParameter>;

export const CHALLENGE: OpenApiHeader = {
  description: "How to get an access token that will do (RFC 6750); with the claims of a claims challenge in base64.",
  required: true,
  schema: { type: "string", pattern: "^Bearer" },
};

export const SCOPE_CHALLENGE: OpenApiHeader = {
  description: "With `insufficient_scope`: the scopes that the access token should have (RFC 6750).",
  schema: { type: "string", pattern: '^Bearer error="insufficient_scope"' },
};

export const RETRY_AFTER: OpenApiHeader = {
  description: "How many seconds to wait before trying again, where that is known.",
  schema: { type: "string", pattern: "^\\d+$" },
};

export const ALLOW: OpenApiHeader = {
  description: "The methods that the path knows.",
  required: true,
  schema: { type: "string" },
};

/** The headers of every response, and those that only some have. */
export function headersWith(others: Record<string, OpenApiHeader> = {}) {
  const common = Object.keys(HEADERS).map((name): [string, OpenApiReference] => [name, reference("headers", name)]);
  return { ...Object.fromEntries(common), ...others };
}
