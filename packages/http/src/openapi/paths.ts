import type { AcsAuthHandlerOptions } from "../options.js";
import type { Routes } from "../routes.js";
import type { OpenApiMediaType, OpenApiResponse } from "./component-types.js";
import type { OpenApiOperation } from "./document-types.js";
import { EXAMPLES, tokenRequestExample } from "./examples.js";
import { headersWith } from "./headers.js";
import { problems } from "./problem-responses.js";
import { reference } from "./references.js";

/** Every path and method of the handler, no more and no fewer. */
type DescribedRoutes = {
  [Path in keyof Routes]: { [Method in keyof Routes[Path] & string as Lowercase<Method>]: OpenApiOperation };
};

/** The operations by path, without the handler's `basePath`. */
export function describeRoutes(options: Partial<AcsAuthHandlerOptions>): DescribedRoutes {
  const { createOnToken = false, authorize, exchangeScopes } = options;
  const alwaysCreates = createOnToken && !authorize;
  const user = () => json("The user's identity.", "User");
  const token = () => json("A new token.", "Token");
  const teamsToken = () => json("A token of the Teams user.", "TeamsToken");
  return {
    "/api/user": {
      get: {
        operationId: "getUser",
        summary: "Find the user's identity",
        responses: { 200: user(), ...problems("NoIdentity") },
      },
      head: {
        operationId: "hasUser",
        summary: "Tell whether the user has an identity",
        responses: { 200: noContent("The user has one."), ...problems("NoIdentity") },
      },
      post: {
        operationId: "getOrCreateUser",
        summary: "Find the user's identity, or create it",
        responses: {
          200: json("The identity that the user had.", "User"),
          201: json("The identity that was created.", "User"),
          ...problems("BodyTooLarge"),
        },
      },
      delete: {
        operationId: "deleteUser",
        summary: "Delete the user's identity with all its tokens and data",
        responses: { 204: noContent("The user has no identity any more."), ...problems("BodyTooLarge", "Disowned") },
      },
    },
    "/api/token": {
      get: {
        operationId: "getToken",
        summary: "Issue a token for the user's identity",
        description: "It allows all that the user may have. Use POST to ask for less.",
        responses: { 201: token(), ...problems("NoIdentity", "Disowned") },
      },
      post: {
        operationId: "issueToken",
        summary: "Issue a token for the user's identity, as the client wants it",
        description: "Asking for more than the user may have is answered 403 `forbidden`.",
        requestBody: { required: false, content: jsonBody("TokenRequest", tokenRequestExample(options)) },
        responses: {
          201: token(),
          ...problems("BodyTooLarge", "NoJson", "Disowned", ...(alwaysCreates ? [] : (["NoIdentity"] as const))),
        },
      },
    },
    "/api/token/teams": {
      get: {
        operationId: "getTeamsToken",
        summary: "Exchange a Teams user's Entra token, sent in a header, for a token",
        parameters: [reference("parameters", "TeamsToken")],
        responses: { 201: teamsToken(), ...problems("InvalidTeamsRequest", "NoTeamsExchange") },
      },
      post: {
        operationId: "exchangeTeamsToken",
        summary: "Exchange a Teams user's Entra token, sent in the body, for a token",
        requestBody: { required: true, content: jsonBody("TeamsTokenRequest", EXAMPLES.TeamsTokenRequest) },
        responses: { 201: teamsToken(), ...problems(...TEAMS_BODY) },
      },
    },
    "/api/token/revoke": {
      post: {
        operationId: "revokeTokens",
        summary: "Make every token of the user's identity invalid",
        responses: {
          204: noContent("The tokens are invalid."),
          ...problems("BodyTooLarge", "NoIdentity", "Disowned"),
        },
      },
    },
    "/exchange": {
      post: {
        operationId: "exchange",
        summary: "The same as POST /api/token/teams, for clients of Microsoft's single-page app for Teams",
        ...(exchangeScopes && !isRequestAuthenticator(options) && { security: [{ accessToken: [...exchangeScopes] }] }),
        requestBody: { required: true, content: jsonBody("TeamsTokenRequest", EXAMPLES.TeamsTokenRequest) },
        responses: { 200: teamsToken(), ...problems(...TEAMS_BODY) },
      },
    },
  };
}

const TEAMS_BODY = ["InvalidTeamsRequest", "NoTeamsExchange", "BodyTooLarge", "NoJson"] as const;

/** Whether the verifier takes more than a bearer token; what that is only itself knows. */
export function isRequestAuthenticator({ verifier }: Partial<AcsAuthHandlerOptions>): boolean {
  return verifier !== undefined && "authenticate" in verifier;
}

function json(description: string, name: keyof typeof EXAMPLES): OpenApiResponse {
  return { description, headers: headersWith(), content: jsonBody(name, EXAMPLES[name]) };
}

function jsonBody(name: string, value: unknown): Record<string, OpenApiMediaType> {
  return { "application/json": { schema: reference("schemas", name), examples: { example: { value } } } };
}

function noContent(description: string): OpenApiResponse {
  return { description, headers: headersWith() };
}
