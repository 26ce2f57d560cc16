import { ORIGIN, tokens } from "./fixtures/fixture.mjs";

/** A request, and what `toNodeListener` answers; every framework is to answer the same, byte for byte. */
export interface Case {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}

const authorization = `Bearer ${tokens.caller}`;
const signedIn = { authorization };
const json = { authorization, "content-type": "application/json" };
const chunked = { ...json, "transfer-encoding": "chunked" };
const teamsToken = JSON.stringify({ accessToken: "a.teams.token" });
const preflight = { "access-control-request-method": "GET", "access-control-request-headers": "authorization" };

/** Requests for the routes of the handler. */
export const cases: readonly Case[] = [
  { name: "GET", method: "GET", path: "/api/user", headers: signedIn, status: 200 },
  { name: "POST without a body", method: "POST", path: "/api/user", headers: signedIn, status: 201 },
  { name: "DELETE", method: "DELETE", path: "/api/user", headers: signedIn, status: 204 },
  { name: "HEAD", method: "HEAD", path: "/api/user", headers: signedIn, status: 200 },
  { name: "HEAD for a token", method: "HEAD", path: "/api/token", headers: signedIn, status: 405 },
  { name: "a query", method: "GET", path: "/api/token?scopes=voip", headers: signedIn, status: 201 },
  { name: "a slash at the end", method: "GET", path: "/api/user/", headers: signedIn, status: 200 },
  { name: "the absolute form", method: "GET", path: "http://other.example/api/user", headers: signedIn, status: 200 },
  {
    name: "a body",
    method: "POST",
    path: "/api/token",
    headers: json,
    body: '{ "scopes": ["chat"], "expiresInMinutes": 60 }',
    status: 201,
  },
  { name: "an empty body", method: "POST", path: "/api/token", headers: json, body: "", status: 201 },
  { name: "a body with GET", method: "GET", path: "/api/user", headers: json, body: "{}", status: 200 },
  { name: "a body in chunks", method: "POST", path: "/exchange", headers: chunked, body: teamsToken, status: 200 },
  {
    name: "a token in a header",
    method: "GET",
    path: "/api/token/teams",
    headers: { authorization, "teams-user-aad-token": "a.teams.token" },
    status: 201,
  },
  { name: "a token in a body", method: "POST", path: "/api/token/teams", headers: json, body: teamsToken, status: 201 },
  { name: "a deeper path", method: "POST", path: "/api/token/revoke", headers: signedIn, status: 204 },
  { name: "nobody", method: "GET", path: "/api/user", status: 401 },
  { name: "a stranger", method: "POST", path: "/exchange", headers: { authorization: "Bearer x" }, status: 401 },
  { name: "a part of a body", method: "POST", path: "/exchange", headers: json, body: "{}", status: 400 },
  { name: "broken JSON", method: "POST", path: "/exchange", headers: json, body: '{"accessToken":', status: 400 },
  {
    name: "a large body",
    method: "POST",
    path: "/exchange",
    headers: json,
    body: JSON.stringify({ accessToken: "a".repeat(70_000) }),
    status: 413,
  },
  {
    name: "a body larger than any framework takes by itself",
    method: "POST",
    path: "/exchange",
    headers: json,
    body: "a".repeat(2 * 1024 * 1024),
    status: 413,
  },
  {
    name: "such a body in chunks",
    method: "POST",
    path: "/exchange",
    headers: chunked,
    body: "a".repeat(2 * 1024 * 1024),
    status: 413,
  },
  {
    name: "a body without a type",
    method: "POST",
    path: "/exchange",
    headers: signedIn,
    body: teamsToken,
    status: 415,
  },
  {
    name: "a body of no possible type",
    method: "POST",
    path: "/exchange",
    headers: { authorization, "content-type": "nonsense" },
    body: teamsToken,
    status: 415,
  },
  {
    name: "a body of another type",
    method: "POST",
    path: "/exchange",
    headers: { authorization, "content-type": "text/plain" },
    body: teamsToken,
    status: 415,
  },
  { name: "another method", method: "PUT", path: "/api/user", headers: signedIn, status: 405 },
  { name: "another method with a body", method: "PATCH", path: "/exchange", headers: json, body: "{", status: 405 },
  {
    name: "a service that fails",
    method: "GET",
    path: "/api/user",
    headers: { authorization: `Bearer ${tokens.unlucky}` },
    status: 500,
  },
  { name: "OPTIONS", method: "OPTIONS", path: "/api/token", status: 204 },
  { name: "a preflight", method: "OPTIONS", path: "/api/user", headers: { origin: ORIGIN, ...preflight }, status: 204 },
  { name: "another origin", method: "GET", path: "/api/user", headers: { ...signedIn, origin: ORIGIN }, status: 200 },
  {
    name: "a foreign origin",
    method: "GET",
    path: "/api/user",
    headers: { ...signedIn, origin: "https://evil.example" },
    status: 200,
  },
  { name: "the description", method: "GET", path: "/api/openapi.json", status: 200 },
  { name: "HEAD for the description", method: "HEAD", path: "/api/openapi.json", status: 200 },
];

/** Paths that are routes only once somebody has decoded or normalized them, or read them loosely. */
export const strangePaths = [
  "/api/token/../user",
  "/api/./user",
  "/api/token/%2e%2e/user",
  "/api/%75ser",
  "/api%2Fuser",
  "//api/user",
  "/api//user",
  "/api\\user",
  "/API/USER",
  "/api/user/x",
  "/api/user;x=1",
];
