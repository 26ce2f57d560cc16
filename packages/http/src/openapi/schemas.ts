import { TOKEN_LIFETIME_IN_MINUTES } from "@acs-auth/core";
import type { ProblemDetails } from "../errors/problem.js";
import type { OpenApiSchema } from "./component-types.js";
import { PARAMETERS } from "./headers.js";
import { PROBLEM_CODES } from "./problem-codes.js";
import { selectable, type TokenOptions } from "./selectable.js";

const IDENTITY = {
  type: "string",
  pattern: "^8:",
  description: "The raw id of the user's identity at Azure Communication Services.",
} as const satisfies OpenApiSchema;

const TOKEN = {
  token: { type: "string", minLength: 1, description: "An access token for Azure Communication Services." },
  expiresOn: { type: "string", format: "date-time", description: "When the token expires, in UTC." },
} as const satisfies Record<string, OpenApiSchema>;

const PROBLEM: Record<keyof ProblemDetails, OpenApiSchema> = {
  type: { const: "about:blank" },
  title: { type: "string", description: "The phrase of the HTTP status." },
  status: { type: "integer", minimum: 400, maximum: 599 },
  detail: { type: "string", description: "One sentence for the developer; may change." },
  code: { type: "string", enum: Object.keys(PROBLEM_CODES), description: "What went wrong; stable." },
  requestId: { type: "string", description: "The same as in the header X-Request-Id." },
  reason: { type: "string", description: "A finer-grained reason, or the part of the request that is wrong." },
};

/** The bodies of requests and responses. */
export function schemas(options: TokenOptions) {
  return {
    User: { type: "object", required: ["acsUserIdentity"], properties: { acsUserIdentity: IDENTITY } },
    Token: {
      type: "object",
      required: [...Object.keys(TOKEN), "user"],
      properties: {
        ...TOKEN,
        user: {
          type: "object",
          description: "The user's identity: the same id under the three names that clients look for.",
          required: ["communicationUserId", "id", "rawId"],
          properties: { communicationUserId: IDENTITY, id: IDENTITY, rawId: IDENTITY },
        },
      },
    },
    TeamsToken: { type: "object", required: Object.keys(TOKEN), properties: TOKEN },
    TokenRequest: { type: "object", additionalProperties: false, properties: tokenRequest(options) },
    TeamsTokenRequest: {
      type: "object",
      additionalProperties: false,
      required: ["accessToken"],
      properties: {
        accessToken: { ...PARAMETERS.TeamsToken.schema, description: PARAMETERS.TeamsToken.description },
      },
    },
    Problem: {
      type: "object",
      description: "Problem details (RFC 9457).",
      required: Object.keys(PROBLEM).filter((member) => member !== "reason"),
      properties: PROBLEM,
    },
  } satisfies Record<string, OpenApiSchema>;
}

function tokenRequest(options: TokenOptions): Record<string, OpenApiSchema> {
  const { scopes, tokenExpiresInMinutes } = selectable(options);
  return {
    ...(scopes && {
      scopes: {
        type: "array",
        minItems: 1,
        items: { type: "string", enum: [...scopes] },
        description: "What the token may allow. Default: all that the user may have.",
      },
    }),
    ...(tokenExpiresInMinutes && {
      expiresInMinutes: {
        type: "integer",
        minimum: TOKEN_LIFETIME_IN_MINUTES.min,
        maximum: tokenExpiresInMinutes,
        description: "How long the token may live. Default: as long as the user may have it.",
      },
    }),
  };
}
