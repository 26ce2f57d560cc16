import { inspect } from "./support/inspect.js";
import { activity, button, choose, identity, signIn } from "./support/person.js";
import { expect, test } from "./support/test.js";

test("an account of another organization is told so", async ({ page, stack }) => {
  await signIn(page, stack.multiTenantPageUrl, stack.emulator.fixtures.users.foreign);
  await button(identity(page), "Get or create my identity").click();

  await expect(identity(page).getByRole("alert")).toContainText("an account of another organization");
  await inspect(page, "wrong tenant");
});

test("while the server is down the page says so, and goes on when it is back", async ({
  page,
  stack,
  server,
  person,
}) => {
  await signIn(page, stack.pageUrl, person);
  await server.stop();
  await button(identity(page), "Get or create my identity").click();
  await expect(identity(page).getByRole("alert")).toContainText("The server cannot be reached", { timeout: 10_000 });
  await inspect(page, "server down");

  await server.start();
  await button(identity(page), "Get or create my identity").click();
  await expect(activity(page)).toContainText("A new ACS identity was made for you.");
  await expect(identity(page).getByRole("alert")).toHaveCount(0);
});

test("a sign-in that is cancelled changes nothing", async ({ page, stack }) => {
  await page.goto(stack.pageUrl);
  await button(page, "Sign in").click();
  await button(page, "Cancel").click();

  await expect(page.getByRole("alert")).toContainText("The sign-in was cancelled");
  await inspect(page, "sign-in cancelled");
  await expect(button(page, "Sign in")).toBeVisible();
});

test("signing out ends the session at the sign-in service as well", async ({ page, stack, person }) => {
  await signIn(page, stack.pageUrl, person);
  await button(page, "Sign out").click();
  await button(page, "Sign in").waitFor();

  await page.reload();
  await expect(button(page, "Sign in")).toBeVisible();
});

test("a session that was revoked is signed in again, and the journey goes on", async ({ page, stack, person }) => {
  await signIn(page, stack.pageUrl, person);
  stack.emulator.entra.revokeSessions({ user: person.name });
  await button(page.getByRole("region", { name: "Teams user" }), "Get a Teams credential").click();

  await expect(page.getByRole("alert")).toContainText("You have to sign in again");
  await inspect(page, "session revoked");
  await button(page, "Continue at the sign-in page").click();
  await choose(page, person.displayName).click();
  await expect(activity(page)).toContainText("The Teams credential is ready.");
});

test("a page without its variables names them, and what is wrong with them", async ({ page, stack }) => {
  await page.goto(stack.unconfiguredPageUrl);
  await expect(page.getByRole("listitem")).toHaveText([
    "VITE_CLIENT_ID is missing.",
    "VITE_API_SCOPE is missing.",
    "VITE_SERVER_ENDPOINT is missing.",
    "VITE_AUTHORITY must be an http or https address.",
  ]);
  await inspect(page, "not configured");
});

test.describe("in a browser that does not trust the emulator’s certificate", () => {
  test.use({ ignoreHTTPSErrors: false });

  test("the page says how to go on, and notices when the certificate was accepted", async ({ page, stack }) => {
    await page.goto(stack.pageUrl);
    const notice = page.getByRole("alert");
    await expect(notice).toContainText("The sign-in service cannot be reached");
    await inspect(page, "certificate not trusted");

    const opening = page.waitForEvent("popup");
    await notice.getByRole("link", { name: new URL(stack.emulator.entra.url).host }).click();
    const interstitial = await opening;
    await interstitial.waitForLoadState();
    await interstitial.keyboard.type("thisisunsafe");
    await interstitial.waitForURL(/openid-configuration/);
    await interstitial.close();

    await button(notice, "Try again").click();
    await expect(button(page, "Sign in")).toBeVisible();
  });
});
