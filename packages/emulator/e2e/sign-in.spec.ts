import { decodeJwt } from "jose";
import { expect, test } from "./support/test.js";

test("signs in as a user, with the second factor that is asked for", async ({ page, open, emulator }) => {
  emulator.entra.requireMfa({ user: "user-two", resource: "api" });
  await open("users");
  await page.getByRole("button", { name: "Sign in as Fixture User Two" }).click();
  await page.getByRole("button", { name: "Approve" }).click();

  await expect(page.getByRole("heading", { name: "Signed in as Fixture User Two" })).toBeVisible();
  expect(page.url()).toBe(`${emulator.admin.url}/#/users`);
  await page.getByText("Claims of the access token").click();
  const { objectId } = emulator.fixtures.users["user-two"];
  await expect(page.getByText(`"oid": "${objectId}"`)).toBeVisible();

  await page.getByRole("link", { name: "Requests" }).click();
  const redeemed = page.getByRole("listitem").filter({ hasText: "/oauth2/v2.0/token" });
  await redeemed.locator("summary").click();
  await expect(redeemed).toContainText(/&code=eyJ\w{3}…/);
});

test("says why a sign-in ended without a token", async ({ page, open, emulator }) => {
  emulator.entra.revokeConsent({ user: "user-one", application: "client", resource: "api" });
  await open("users");
  await page.getByRole("button", { name: "Sign in as Fixture User One" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "AADSTS65004" })).toBeVisible();
});

test("copies an access token of a user for the chosen application and API", async ({ page, open, emulator }) => {
  await open("users");
  await page.getByLabel("Sign in to").selectOption("Fixture API for Microsoft Graph: User.Read, User.ReadWrite");
  await page.getByRole("button", { name: "Copy access token of Fixture Foreign User" }).click();
  await expect(page.getByText("Copied: access token of Fixture Foreign User.")).toBeVisible();
  const token = decodeJwt(await page.evaluate<string>("navigator.clipboard.readText()"));
  expect(token).toMatchObject({
    oid: emulator.fixtures.users.foreign.objectId,
    appid: emulator.fixtures.applications.api.clientId,
    aud: "https://graph.microsoft.com",
  });
});
