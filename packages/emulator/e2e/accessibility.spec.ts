import { createRequire } from "node:module";
import type { Emulator } from "@acs-auth/emulator";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import type { AxeResults } from "axe-core";
import { expect, test } from "./support/test.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const views = ["overview", "users", "identities", "tokens", "mappings", "requests", "faults", "switches", "state"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`no view has a barrier, ${colorScheme}`, async ({ browser, emulator }) => {
    await fill(emulator);
    const page = await browser.newPage({ colorScheme, ignoreHTTPSErrors: true, bypassCSP: true });
    for (const view of views) {
      await page.goto(`${emulator.admin.url}/#/${view}`);
      await page.reload();
      await expect(page.getByRole("navigation")).toBeVisible();
      await expect(page.getByText("Reading the state")).toHaveCount(0);
      if (view === "requests") await page.locator("summary").first().click();
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => `${view}: ${id} ${nodes.map(({ html }) => html)}`)).toEqual([]);
    }
    await page.close();
  });
}

test("a view is reached with the keyboard, and its heading is focused", async ({ page, open }) => {
  await open("overview");
  await expect(page.getByText("running")).toHaveCount(3);
  for (let link = 0; link < 2; link += 1) await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Users", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeFocused();
  await expect(page).toHaveTitle("Users - acs-auth emulator");
});

test("no view is wider than a phone, or breaks the page's own security policy", async ({ browser, emulator }) => {
  await fill(emulator);
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, ignoreHTTPSErrors: true });
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  for (const view of views) {
    await page.goto(`${emulator.admin.url}/#/${view}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(new RegExp(view, "i"));
    expect(await page.evaluate("document.documentElement.scrollWidth"), view).toBe(390);
  }
  expect(messages).toEqual([]);
  await page.close();
});

/** Something to see in every view. */
async function fill(emulator: Emulator) {
  const client = new CommunicationIdentityClient(emulator.communication.connectionString);
  const { user } = await client.createUserAndToken(["chat"]);
  await client.revokeTokens(user);
  emulator.faults.add({ service: "entra", status: 500 });
  emulator.entra.requireMfa({ user: "user-one", resource: "graph" });
  emulator.entra.revokeConsent({ application: "client", resource: "api", user: "user-two" });
  emulator.graph.requireClaims({ user: "user-two" });
  const token = await emulator.mintToken({ user: "user-one", application: "api", audience: "graph" });
  await fetch(`${emulator.graph.url}/v1.0/me/extensions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ extensionName: "com.contoso.identityMapping", acsUserIdentity: user.communicationUserId }),
  });
}
