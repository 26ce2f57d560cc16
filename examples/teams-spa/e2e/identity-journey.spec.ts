import { inspect } from "./support/inspect.js";
import { activity, answerTo, button, identity, signIn } from "./support/person.js";
import { expect, test } from "./support/test.js";

test("an ACS identity is made once, gets a credential, signs out everywhere and is deleted", async ({
  page,
  stack,
  person,
}) => {
  const { communication } = stack.emulator;
  const identities = () => stack.emulator.state().communication.identities.filter(({ deletedOn }) => !deletedOn);
  await signIn(page, stack.pageUrl, person);
  await button(identity(page), "Get or create my identity").click();
  await expect(activity(page)).toContainText("A new ACS identity was made for you.");
  const rawId = await identity(page).getByRole("definition").textContent();
  expect(identities().map(({ id }) => id)).toEqual([rawId]);
  await inspect(page, "identity");

  await page.reload();
  await button(identity(page), "Get or create my identity").click();
  await expect(activity(page)).toContainText("You have an ACS identity already.");
  await expect(identity(page).getByRole("definition")).toHaveText([rawId ?? ""]);

  const issued = answerTo(page, "/api/token");
  await button(identity(page), "Get a credential").click();
  const { token }: { token: string } = await (await issued).json();
  await expect(identity(page).getByRole("definition")).toContainText(["ACS user", "chatvoip", rawId ?? "", "…"]);
  await expect(identity(page)).toContainText("Valid for 23 h 59 min");
  expect(await communication.introspectToken(token)).toMatchObject({ active: true, rawId });
  await inspect(page, "ACS credential");

  await button(identity(page), "Sign out everywhere").click();
  await expect(activity(page)).toContainText("All tokens of your ACS identity are void, on every device.");
  expect(await communication.introspectToken(token)).toEqual({ active: false, reason: "revoked" });
  await expect(identity(page)).not.toContainText("Valid for");

  await button(identity(page), "Delete my identity").click();
  const dialog = page.getByRole("alertdialog", { name: "Delete your ACS identity?" });
  await inspect(page, "deletion asked");
  await button(dialog, "Cancel").click();
  await expect(dialog).toBeHidden();
  expect(identities()).toHaveLength(1);

  await button(identity(page), "Delete my identity").click();
  await button(dialog, "Delete").click();
  await expect(activity(page)).toContainText("Your ACS identity is deleted, with its data.");
  expect(identities()).toEqual([]);
  expect(stack.emulator.state().graph.users).toEqual([]);
  await expect(button(identity(page), "Get or create my identity")).toBeVisible();
});

test("the server’s challenge for a second factor is passed to the sign-in page and met", async ({
  page,
  stack,
  person,
}) => {
  stack.emulator.entra.requireMfa({ user: person.name, resource: "graph" });
  await signIn(page, stack.pageUrl, person);
  const challenge = answerTo(page, "/api/user");
  await button(identity(page), "Get or create my identity").click();

  expect((await challenge).headers()["www-authenticate"]).toContain("insufficient_claims");
  await expect(identity(page).getByRole("alert")).toContainText("more proof that it is you");
  await inspect(page, "second factor needed");
  await button(identity(page), "Continue at the sign-in page").click();
  await button(page, "Approve").click();

  await expect(activity(page)).toContainText("A new ACS identity was made for you.");
});

test("an access token that the server refuses is replaced in silence", async ({ page, stack, person }) => {
  await signIn(page, stack.pageUrl, person);
  await stack.emulator.rotateKeys({ removeOld: true });
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST" && response.url().endsWith("/api/user"))
      statuses.push(response.status());
  });
  await button(identity(page), "Get or create my identity").click();

  await expect(activity(page)).toContainText("A new ACS identity was made for you.");
  expect(statuses).toEqual([401, 201]);
  await expect(identity(page).getByRole("alert")).toHaveCount(0);
});

test("where the server lacks consent, the person is sent to an administrator", async ({ page, stack, person }) => {
  stack.emulator.entra.revokeConsent({ application: "api", resource: "graph" });
  await signIn(page, stack.pageUrl, person);
  await button(identity(page), "Get or create my identity").click();

  const notice = identity(page).getByRole("alert");
  await expect(notice).toContainText("The server lacks a permission");
  await notice.getByText("Details").click();
  await expect(notice).toContainText("Code: consent_required");
  await expect(notice).toContainText(/Request id: \S+/);
  await inspect(page, "server lacks consent");
});
