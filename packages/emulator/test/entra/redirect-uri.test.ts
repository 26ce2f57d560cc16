import { expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { isRegistered } from "../../src/entra/authorize/redirect-uri.js";

const client = {
  ...defaultFixtures.applications.client,
  redirectUris: ["http://localhost/callback?tenant=1", "https://localhost:5173/callback", "https://app.example"],
};

test.each([
  ["http://localhost:5173/callback?tenant=1", true],
  ["http://localhost:5173/callback", false],
  ["https://localhost:5173/callback", true],
  ["https://localhost:5174/callback", false],
  ["https://app.example/", true],
  ["https://app.example:8443/", false],
  ["https://app.example/#fragment", false],
])("%s is registered: %s", (redirectUri, expected) => {
  expect(isRegistered(redirectUri, client)).toBe(expected);
});
