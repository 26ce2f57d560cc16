import { inspect } from "./support/inspect.js";
import { activity, answerTo, button, signIn, teams } from "./support/person.js";
import { expect, test } from "./support/test.js";

test("a Teams user signs in and gets a credential that says who they are in ACS", async ({ page, stack, person }) => {
  await page.goto(stack.pageUrl);
  await expect(button(page, "Sign in")).toBeVisible();
  await inspect(page, "signed out");
  await signIn(page, stack.pageUrl, person);
  await inspect(page, "signed in");
  const exchange = answerTo(page, "/api/token/teams");
  await button(teams(page), "Get a Teams credential").click();

  const { token }: { token: string } = await (await exchange).json();
  const { objectId } = person;
  await expect(teams(page).getByRole("definition")).toHaveText([
    "Teams user",
    "voipchat",
    `8:orgid:${objectId}`,
    `${token.slice(0, 8)}…${token.slice(-4)} (shortened)`,
  ]);
  await expect(teams(page)).toContainText(/Valid for 1 h 14 min \d+ s/);
  await expect(activity(page).getByRole("listitem")).toContainText([
    /The Teams credential is ready\. Valid until/,
    "Entra ID gave an access token for our server.",
    "Entra ID gave an access token for Teams calls and chats.",
  ]);
  expect(await page.content()).not.toContain(token);
  expect(await stack.emulator.communication.introspectToken(token)).toMatchObject({
    active: true,
    rawId: `8:orgid:${objectId}`,
  });
  await inspect(page, "Teams credential");
});

test("“Refresh now” exchanges a fresh sign-in, and “Discard” leaves no credential", async ({ page, stack, person }) => {
  const exchanged: unknown[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/token/teams"))
      exchanged.push(request.postDataJSON());
  });
  await signIn(page, stack.pageUrl, person);
  await button(teams(page), "Get a Teams credential").click();
  const token = teams(page).getByRole("definition").filter({ hasText: "(shortened)" });
  const first = await token.textContent();

  await button(teams(page), "Refresh now").click();
  await expect(token).not.toHaveText(first ?? "");
  expect(exchanged).toHaveLength(2);
  expect(exchanged[1]).not.toEqual(exchanged[0]);

  await button(teams(page), "Discard").click();
  await expect(token).toHaveCount(0);
  await expect(button(teams(page), "Get a Teams credential")).toBeVisible();
});

test("the credential refreshes itself, says why it cannot, and recovers", async ({ page, stack, server, person }) => {
  await page.clock.install();
  await signIn(page, stack.pageUrl, person);
  await button(teams(page), "Get a Teams credential").click();
  await expect(teams(page)).toContainText("Valid for 1 h 14 min");

  await server.stop();
  await page.clock.fastForward("01:06:00");
  await expect(teams(page).getByRole("alert")).toContainText("The server cannot be reached", { timeout: 10_000 });
  await expect(teams(page)).toContainText("Valid for 8 min");
  await expect(activity(page)).toContainText("The next try is in");
  await inspect(page, "refresh fails");

  await server.start();
  const exchange = answerTo(page, "/api/token/teams");
  await page.clock.fastForward("00:30");
  const { token }: { token: string } = await (await exchange).json();
  await expect(activity(page)).toContainText("The Teams credential has refreshed itself.");
  await expect(teams(page)).toContainText(`${token.slice(0, 8)}…${token.slice(-4)} (shortened)`);
  await expect(teams(page).getByRole("alert")).toHaveCount(0);
});

test("a credential that could not be refreshed is shown as expired", async ({ page, stack, server, person }) => {
  await page.clock.install();
  await signIn(page, stack.pageUrl, person);
  await button(teams(page), "Get a Teams credential").click();
  await expect(teams(page)).toContainText("Valid for");

  await server.stop();
  await page.clock.fastForward("01:15:05");
  await expect(teams(page)).toContainText(/Expired at/);
  await expect(teams(page).getByRole("alert")).toBeVisible({ timeout: 10_000 });
  await inspect(page, "expired");
});

test("where consent is missing, the person is told, grants it, and gets the credential", async ({
  page,
  stack,
  person,
}) => {
  stack.emulator.entra.revokeConsent({ application: "client", resource: "teams" });
  await signIn(page, stack.pageUrl, person);
  await button(teams(page), "Get a Teams credential").click();

  await expect(teams(page).getByRole("alert")).toContainText("Your permission is needed");
  await inspect(page, "consent missing");
  await button(teams(page), "Continue at the sign-in page").click();
  await expect(page.getByText("Teams.ManageChats")).toBeVisible();
  await button(page, "Accept").click();

  await expect(activity(page)).toContainText("The Teams credential is ready.");
});

test("a person who refuses consent is told that nothing has changed", async ({ page, stack, person }) => {
  stack.emulator.entra.revokeConsent({ application: "client", resource: "teams" });
  await signIn(page, stack.pageUrl, person);
  await button(teams(page), "Get a Teams credential").click();
  await button(teams(page), "Continue at the sign-in page").click();
  await button(page, "Cancel").click();

  const notice = page.getByRole("alert");
  await expect(notice).toContainText("The sign-in was cancelled");
  await inspect(page, "consent refused");
  await button(notice, "Dismiss").click();
  await expect(notice).toHaveCount(0);
});

test("a policy for Teams asks for a second factor, and the journey goes on after it", async ({
  page,
  stack,
  person,
}) => {
  await signIn(page, stack.pageUrl, person);
  stack.emulator.entra.requireMfa({ user: person.name, resource: "teams" });
  await button(teams(page), "Get a Teams credential").click();

  await expect(teams(page).getByRole("alert")).toContainText("more proof that it is you");
  await button(teams(page), "Continue at the sign-in page").click();
  await button(page, "Approve").click();

  await expect(activity(page)).toContainText("The Teams credential is ready.");
});
