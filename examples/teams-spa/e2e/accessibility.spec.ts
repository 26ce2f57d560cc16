import { devices } from "@playwright/test";
import { activity, button, choose, identity, signIn, teams } from "./support/person.js";
import { expect, test } from "./support/test.js";

test("the whole journey of an ACS identity can be walked with the keyboard alone", async ({ page, stack, person }) => {
  const { keyboard } = page;
  const press = async (name: string) => {
    const target = page.getByRole("button", { name, exact: true }).first();
    await target.waitFor();
    for (let steps = 0; steps < 15 && !(await isFocused(target)); steps += 1) await keyboard.press("Tab");
    await expect(target).toBeFocused();
    await keyboard.press("Enter");
  };
  const isFocused = (target: ReturnType<typeof page.locator>) =>
    target.evaluate((element) => element.ownerDocument.activeElement === element);

  await page.goto(stack.pageUrl);
  await press("Sign in");
  await choose(page, person.displayName).waitFor();
  while (!(await isFocused(choose(page, person.displayName)))) await keyboard.press("Tab");
  await keyboard.press("Enter");

  await press("Get or create my identity");
  await expect(button(identity(page), "Get a credential")).toBeFocused();
  await keyboard.press("Enter");
  await expect(button(identity(page), "Refresh now")).toBeFocused();
  await press("Sign out everywhere");
  await expect(activity(page)).toContainText("are void");

  await press("Delete my identity");
  await expect(button(page.getByRole("alertdialog"), "Cancel")).toBeFocused();
  await keyboard.press("Escape");
  await expect(button(identity(page), "Delete my identity")).toBeFocused();
  await keyboard.press("Enter");
  await press("Delete");
  await expect(activity(page)).toContainText("is deleted");
  await expect(identity(page).getByRole("heading", { name: "ACS identity" })).toBeFocused();
});

test("what has the focus can be seen", async ({ page, stack }) => {
  await page.goto(stack.pageUrl);
  await button(page, "Sign in").waitFor();
  await page.keyboard.press("Tab");

  await expect(button(page, "Sign in")).toBeFocused();
  await expect(button(page, "Sign in")).toHaveCSS("outline-style", "solid");
  await expect(button(page, "Sign in")).toHaveCSS("outline-width", "3px");
});

test("what happens by itself is announced, the countdown is not", async ({ page, stack, person }) => {
  await signIn(page, stack.pageUrl, person);
  await expect(activity(page)).toHaveAttribute("aria-live", "polite");
  await button(teams(page), "Get a Teams credential").click();

  await expect(teams(page)).toContainText("Valid for");
  await expect(teams(page).locator("[aria-live], [role=timer]")).toHaveCount(0);
});

test.describe("on a phone", () => {
  const { defaultBrowserType, ...phone } = devices["Pixel 7"];
  test.use(phone);

  test("both journeys can be tapped through", async ({ page, stack, person }) => {
    await page.goto(stack.pageUrl);
    await button(page, "Sign in").tap();
    await choose(page, person.displayName).tap();
    await button(teams(page), "Get a Teams credential").tap();
    await expect(activity(page)).toContainText("The Teams credential is ready.");

    await button(identity(page), "Get or create my identity").tap();
    await button(identity(page), "Get a credential").tap();
    await expect(activity(page)).toContainText("The ACS credential is ready.");
    for (const target of await page.getByRole("button").all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  });
});
