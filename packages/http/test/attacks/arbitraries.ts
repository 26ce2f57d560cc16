import fc from "fast-check";
import { CALLER_TOKEN, TEAMS_TOKEN } from "../support/doubles.js";

export type HeaderList = readonly (readonly [name: string, value: string])[];

const PATHS = ["/api/user", "/api/token", "/api/token/teams", "/api/token/revoke", "/exchange"];
const METHODS = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "QUERY", "PROPFIND"];
const OPERATIONS: [method: string, path: string][] = [
  ["GET", "/api/user"],
  ["HEAD", "/api/user"],
  ["POST", "/api/user"],
  ["DELETE", "/api/user"],
  ["GET", "/api/token"],
  ["POST", "/api/token"],
  ["GET", "/api/token/teams"],
  ["POST", "/api/token/teams"],
  ["POST", "/api/token/revoke"],
  ["POST", "/exchange"],
];
const HEADER_NAMES = [
  "accept",
  "content-encoding",
  "cookie",
  "expect",
  "origin",
  "sec-fetch-site",
  "teams-user-aad-token",
  "x-forwarded-host",
  "x-http-method-override",
  "x-ms-client-principal",
  "x-ms-client-principal-idp",
  "x-request-id",
];

export const visible = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const mostly = <T>(usual: fc.Arbitrary<T>, ...unusual: fc.Arbitrary<T>[]) =>
  fc.oneof({ weight: 3 * unusual.length, arbitrary: usual }, ...unusual);

export const token = mostly(
  fc.constant(`Bearer ${CALLER_TOKEN}`),
  fc.constantFrom("Bearer other", "Basic dTpw", ""),
  visible,
);
export const line = mostly(
  fc.constantFrom(...OPERATIONS),
  fc.tuple(mostly(fc.constantFrom(...METHODS), visible), fc.constantFrom(...PATHS)),
  fc.tuple(
    fc.constantFrom("GET", "POST"),
    fc.oneof(
      fc.tuple(fc.constantFrom(...PATHS), visible).map((parts) => parts.join("")),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      visible,
    ),
  ),
);
const value = fc.oneof(visible, fc.constantFrom("gzip", "null", "aad", "cross-site", "100-continue", TEAMS_TOKEN));
export const headers = fc
  .tuple(
    mostly(fc.constant("application/json"), visible),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...HEADER_NAMES), value), { maxLength: 4, selector: ([name]) => name }),
  )
  .map(([type, others]): HeaderList => [["content-type", type], ...others]);
const request = fc.constantFrom<unknown>(
  { accessToken: TEAMS_TOKEN },
  { accessToken: "two tokens" },
  { scopes: ["chat"], expiresInMinutes: 60 },
  { scopes: ["voip"] },
  { expiresInMinutes: 1e9 },
);
export const body = fc
  .oneof(
    request.map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
    fc.constant(""),
  )
  .map((content) => Buffer.from(content));
