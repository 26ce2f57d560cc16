import type { EntraContext } from "../context.js";
import type { Application } from "../directory.js";
import * as errors from "../errors/index.js";
import { type ClaimsRequest, parseClaimsRequest } from "../protocol/claims-request.js";
import type { Parameters } from "../protocol/parameters.js";
import { parseScopes, type RequestedScopes, scopeParameter } from "../protocol/scopes.js";
import { findClient } from "../token/client-authentication.js";
import { isRegistered } from "./redirect-uri.js";

export type ResponseMode = "query" | "fragment" | "form_post";
const responseModes: readonly string[] = ["query", "fragment", "form_post"] satisfies ResponseMode[];

/** Where an answer may be sent to. Until this much is known to be right, errors are shown to the user instead. */
export interface Recipient {
  readonly client: Application;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** What an authorization request asks for. */
export interface AuthorizationRequest {
  readonly scope: string;
  readonly requestedScopes: RequestedScopes;
  readonly claims: ClaimsRequest;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly prompts: readonly string[];
  readonly loginHint: string | undefined;
  readonly wantsClientInfo: boolean;
}

export function parseRecipient(parameters: Parameters, segment: string, context: EntraContext): Recipient {
  const client = findClient(parameters.required("client_id"), segment, context);
  const redirectUri = parameters.required("redirect_uri");
  if (!isRegistered(redirectUri, client)) throw errors.redirectUriMismatch(redirectUri, client);
  const responseMode = parameters.optional("response_mode") ?? "query";
  if (!isResponseMode(responseMode)) throw errors.malformedRequest("unknown 'response_mode'");
  return { client, redirectUri, responseMode, state: parameters.optional("state") };
}

export function parseAuthorizationRequest(
  parameters: Parameters,
  client: Application,
  segment: string,
  { directory }: EntraContext,
): AuthorizationRequest {
  const responseType = parameters.required("response_type");
  if (responseType !== "code") throw errors.unsupportedResponse("response_type", responseType);
  const scope = scopeParameter(parameters) ?? parameters.required("scope");
  const codeChallenge = parameters.optional("code_challenge");
  if (codeChallenge === undefined && client.publicClient) throw errors.codeChallengeRequired();
  if (codeChallenge !== undefined && parameters.optional("code_challenge_method") !== "S256") {
    throw errors.malformedRequest("'code_challenge_method' must be S256");
  }
  return {
    scope,
    requestedScopes: parseScopes(scope, directory, segment),
    claims: parseClaimsRequest(parameters.optional("claims")),
    codeChallenge,
    nonce: parameters.optional("nonce"),
    prompts: parameters.optional("prompt")?.split(" ") ?? [],
    loginHint: parameters.optional("login_hint"),
    wantsClientInfo: parameters.optional("client_info") === "1",
  };
}

function isResponseMode(value: string): value is ResponseMode {
  return responseModes.includes(value);
}
