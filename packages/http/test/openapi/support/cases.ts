import type { AcsAuthErrorCode } from "@acs-auth/core";
import { TEAMS_TOKEN } from "../../support/doubles.js";
import type { AskOptions } from "../../support/serve.js";

type RequestCase = [method: string, path: string, request: AskOptions];

/** Every operation with a request that is as described. */
export const operations: RequestCase[] = [
  ["GET", "/api/user", {}],
  ["HEAD", "/api/user", {}],
  ["POST", "/api/user", {}],
  ["DELETE", "/api/user", {}],
  ["GET", "/api/token", {}],
  ["POST", "/api/token", {}],
  ["GET", "/api/token/teams", { headers: { "teams-user-aad-token": TEAMS_TOKEN } }],
  ["POST", "/api/token/teams", { body: { accessToken: TEAMS_TOKEN } }],
  ["POST", "/api/token/revoke", {}],
  ["POST", "/exchange", { body: { accessToken: TEAMS_TOKEN } }],
];

/** The operations that look at the length of a body. */
export const withBody = operations.filter(([method]) => method === "POST" || method === "DELETE");

/** The operations that read a body. */
export const withJsonBody = operations.filter(
  ([method, path, { body }]) => body !== undefined || `${method} ${path}` === "POST /api/token",
);

/** The operations that ACS may refuse for an identity. */
export const ofIdentities = operations.filter(([, path]) => /^\/api\/token(?:\/revoke)?$/.test(path));

export const ofTeams = operations.filter(([, path]) => /teams|exchange/.test(path));

/** Requests that are not as described. */
export const malformed: RequestCase[] = [
  ["GET", "/api/token/teams", {}],
  ["GET", "/api/token/teams", { headers: { "teams-user-aad-token": "two tokens" } }],
  ["POST", "/exchange", {}],
  ["POST", "/exchange", { body: {} }],
  ["POST", "/exchange", { body: "{", headers: { "content-type": "application/json" } }],
  ["POST", "/exchange", { body: { accessToken: "two tokens" } }],
  ["POST", "/exchange", { body: { accessToken: TEAMS_TOKEN, userObjectId: "x" } }],
  ["POST", "/api/token", { body: [] }],
  ["POST", "/api/token", { body: { scopes: [] } }],
  ["POST", "/api/token", { body: { scopes: ["phone"] } }],
  ["POST", "/api/token", { body: { expiresInMinutes: 59 } }],
  ["POST", "/api/token", { body: { expiresInMinutes: 60.5 } }],
];

/** Codes that only a store with tokens or signatures of its own has, such as `GraphIdentityStore`. */
export const codesOfStores: AcsAuthErrorCode[] = [
  "interaction_required",
  "consent_required",
  "provider_denied",
  "provider_unavailable",
  "mapping_invalid",
  "mapping_tampered",
  "mapping_unsigned",
];

export const failuresOfAcs: [name: string, fault: object, status: number][] = [
  ["denies", { status: 401, code: "Denied" }, 502],
  ["rejects", { status: 400 }, 502],
  ["slows down", { status: 429 }, 429],
  ["slows down and says for how long", { status: 429, retryAfterInSeconds: 30 }, 429],
  ["fails", { status: 500 }, 503],
  ["fails and says for how long", { status: 503, retryAfterInSeconds: 30 }, 503],
];
