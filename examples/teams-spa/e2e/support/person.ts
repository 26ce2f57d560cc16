import type { UserFixture } from "@acs-auth/emulator";
import type { Locator, Page, Response } from "@playwright/test";

/** Signs in at the emulator's sign-in page, and comes back. */
export async function signIn(page: Page, url: string, { displayName }: UserFixture): Promise<void> {
  await page.goto(url);
  await button(page, "Sign in").click();
  await choose(page, displayName).click();
  await button(page, "Sign out").waitFor();
}

/** A user at the emulator's sign-in page. */
export const choose = (page: Page, displayName: string) => page.getByRole("button", { name: displayName });
export const teams = (page: Page) => page.getByRole("region", { name: "Teams user" });
export const identity = (page: Page) => page.getByRole("region", { name: "ACS identity" });
export const activity = (page: Page) => page.getByRole("list", { name: "What happened" });
export const button = (within: Page | Locator, name: string) => within.getByRole("button", { name, exact: true });

/** The server's next answer to a POST, whole; not the one to the preflight. */
export async function answerTo(page: Page, path: string): Promise<Response> {
  const response = await page.waitForResponse(
    (response) => response.url().endsWith(path) && response.request().method() === "POST",
  );
  await response.finished();
  return response;
}
