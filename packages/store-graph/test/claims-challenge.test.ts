import { expect, it } from "vitest";
import { claimsOfChallenge } from "../src/graph/claims-challenge.js";

const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
const encoded = Buffer.from(claims).toString("base64");
const header = (parameters: string) =>
  `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ${parameters}`;

it("decodes the claims of a challenge", () => {
  expect(claimsOfChallenge(header(`error="insufficient_claims", claims="${encoded}"`))).toBe(claims);
  expect(claimsOfChallenge(header(`claims="${encoded}", error="insufficient_claims"`))).toBe(claims);
});

it.each([
  ["no header", null],
  ["another error", header(`error="invalid_token", claims="${encoded}"`)],
  ["no claims", header('error="insufficient_claims"')],
  ["claims that are not JSON", header('error="insufficient_claims", claims="bm90IGpzb24="')],
  ["claims that are no object", header('error="insufficient_claims", claims="MQ=="')],
])("finds none in %s", (_, value) => {
  expect(claimsOfChallenge(value)).toBeUndefined();
});
