import { describe, expect, it } from "vitest";
import { redactBody, redactHeader, redactUrl, shorten } from "../../src/server/redaction.js";

const token = `eyJhbGciOiJSUzI1NiJ9.${"claims".repeat(20)}.${"signature".repeat(20)}`;
const shortened = "eyJhbG…nature";
const form = "application/x-www-form-urlencoded";

it("leaves of a secret so much that two can be told apart, and never half of it", () => {
  expect(shorten(token)).toBe(shortened);
  expect(shorten("fixture-api-secret")).toBe("fixt…");
  expect(shorten("short")).toBe("s…");
  expect(shorten("abc")).toBe("…");
  expect(shorten("")).toBe("");
});

describe("headers", () => {
  it.each([
    ["authorization", `Bearer ${token}`, `Bearer ${shortened}`],
    ["authorization", "Basic Zml4dHVyZTpmaXh0dXJlLWFwaS1zZWNyZXQ=", "Basic Zml4…"],
    ["authorization", "secret-without-scheme", "secr…"],
    [
      "authorization",
      "HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=c2lnbmF0dXJlIG9mIHRoZSByZXF1ZXN0",
      "HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=c2ln…",
    ],
    ["teams-user-aad-token", "opaque-teams-token", "opaq…"],
    ["cookie", "session=secret-session-value; theme=dark-and-quiet", "session=secr…; theme=dar…"],
    ["set-cookie", "session=secret-session-value; Path=/; HttpOnly", "session=secr…; Path=/; HttpOnly"],
    [
      "location",
      `https://localhost/?code=secret-code-value&state=1#id_token=${token}`,
      `https://localhost/?code=secr…&state=1#id_token=${shortened}`,
    ],
    ["x-any", `before ${token} after`, `before ${shortened} after`],
  ])("%s: %s", (name, value, expected) => {
    expect(redactHeader(name, value)).toBe(expected);
  });

  it.each([
    ["content-type", "application/json"],
    ["www-authenticate", 'Bearer error="invalid_token", authorization_uri="https://localhost/common/oauth2/authorize"'],
    ["x-ms-client-request-id", "268e90ea-53b6-43f6-ab24-9adce82e26ff"],
  ])("%s is left as it is", (name, value) => {
    expect(redactHeader(name, value)).toBe(value);
  });
});

it.each([
  ["/authorize?client_id=1&state=abc&code_challenge=xyz", "/authorize?client_id=1&state=abc&code_challenge=xyz"],
  ["/logout?id_token_hint=opaque-hint-value", "/logout?id_token_hint=opaq…"],
  [
    "/identities/8:acs:one/:issueAccessToken?api-version=2023-10-01",
    "/identities/8:acs:one/:issueAccessToken?api-version=2023-10-01",
  ],
])("the URL %s", (url, expected) => {
  expect(redactUrl(url)).toBe(expected);
});

describe("bodies", () => {
  it.each([
    [
      "grant_type=authorization_code&code=secret-code-value&code_verifier=secret-verifier",
      "grant_type=authorization_code&code=secr…&code_verifier=sec…",
    ],
    ["client_id=1&client_secret=fixture-api-secret&scope=a", "client_id=1&client_secret=fixt…&scope=a"],
    [`client_assertion=${token}&assertion=${token}`, `client_assertion=${shortened}&assertion=${shortened}`],
    ["refresh_token=opaque-refresh-token&password=secret-password", "refresh_token=opaq…&password=sec…"],
  ])("of forms: %s", (body, expected) => {
    expect(redactBody(body, form)).toBe(expected);
  });

  it.each([
    [
      '{"access_token":"opaque-access-token","token_type":"Bearer","expires_in":60}',
      '{"access_token":"opaq…","token_type":"Bearer","expires_in":60}',
    ],
    [
      '{"accessToken": {"token": "opaque-acs-token", "expiresOn": "2026"}}',
      '{"accessToken": {"token": "opaq…", "expiresOn": "2026"}}',
    ],
    ['{"token":"with \\"quotes\\" in it"}', '{"token":"with…"}'],
    [`["${token}"]`, `["${shortened}"]`],
    ['{"error":{"code":"IdentityNotOwned","message":"No."}}', '{"error":{"code":"IdentityNotOwned","message":"No."}}'],
    ['{"token_endpoint":"https://localhost/token"}', '{"token_endpoint":"https://localhost/token"}'],
  ])("of JSON: %s", (body, expected) => {
    expect(redactBody(body, "application/json")).toBe(expected);
  });

  it("of pages that hand over a code", () => {
    const page = `<input type="hidden" name="code" value="${token}.iv.tag">`;
    expect(redactBody(page, "text/html")).not.toContain("claims");
  });

  it("that are cut off within a secret", () => {
    expect(redactBody('{"token":"opaque-access-tok', "application/json")).toBe('{"token":"opaq…');
    expect(redactBody(token.slice(0, 60), "application/json")).toBe("eyJh…");
    expect(redactBody("a=1&client_secret=fixture-api-se", form)).toBe("a=1&client_secret=fix…");
  });
});
