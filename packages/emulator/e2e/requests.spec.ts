import { CommunicationIdentityClient } from "@azure/communication-identity";
import { ClientSecretCredential } from "@azure/identity";
import { expect, test } from "./support/test.js";

test("a call of the SDK shows up live, with its secrets shortened", async ({ page, open, emulator }) => {
  await open("requests");
  await expect(page.getByText("No request yet.")).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { isStillThisPage: true }));

  const client = new CommunicationIdentityClient(emulator.communication.connectionString);
  const { token } = await client.createUserAndToken(["chat"]);
  const entry = page.getByRole("listitem").filter({ hasText: "POST /identities?" });
  await expect(entry).toContainText("201");
  await expect(entry).toContainText(/\d ms/);
  await entry.locator("summary").click();
  await expect(entry).toContainText("HMAC-SHA256 SignedHeaders=");
  await expect(entry).toContainText('"createTokenWithScopes": [ "chat" ]', { ignoreCase: true });
  await expect(entry).toContainText('"token": "eyJ');
  for (const part of token.split(".")) expect(await entry.textContent()).not.toContain(part);
  expect(await page.evaluate(() => "isStillThisPage" in globalThis)).toBe(true);
});

test("a client secret and the token it brings are shortened", async ({ page, open, emulator }) => {
  const { api } = emulator.fixtures.applications;
  const credential = new ClientSecretCredential(emulator.fixtures.tenants.home.id, api.clientId, api.clientSecret, {
    authorityHost: emulator.entra.url,
    disableInstanceDiscovery: true,
  });
  await credential.getToken("https://graph.microsoft.com/.default");
  await open("requests");
  const entry = page.getByRole("listitem").filter({ hasText: "/oauth2/v2.0/token" });
  await entry.locator("summary").click();
  await expect(entry).toContainText("client_secret=fixt…");
  await expect(entry).not.toContainText(api.clientSecret);
});

test("requests are filtered, paused and cleared", async ({ page, open, emulator }) => {
  await fetch(`${emulator.entra.url}/common/discovery/v2.0/keys`);
  await fetch(`${emulator.graph.url}/v1.0/me`);
  await open("requests");
  const entries = page.getByRole("list", { name: "Requests, newest first" }).getByRole("listitem");
  await expect(entries).toHaveCount(2);

  await page.getByLabel("Service").selectOption("Microsoft Graph");
  await expect(entries).toHaveText([/401/]);
  await page.getByLabel("Service").selectOption("All");
  await page.getByLabel("Status").selectOption("2xx, succeeded");
  await expect(entries).toHaveText([/discovery/]);
  await page.getByLabel("Status").selectOption("All");

  await page.getByRole("button", { name: "Pause" }).click();
  await fetch(`${emulator.graph.url}/v1.0/me`);
  await expect(page.getByText("2 requests, paused, 1 more since")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(entries).toHaveCount(3);

  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByText("No request yet.")).toBeVisible();
});
