import { expect, test } from "./support/test.js";

interface Entra {
  readonly keys: readonly unknown[];
  readonly multiFactor: readonly unknown[];
  readonly consents: readonly unknown[];
}

test("keys are rotated", async ({ page, open, emulator }) => {
  await emulator.rotateKeys({ removeOld: true });
  await open("switches");
  const keys = page.getByRole("table", { name: "Signing keys" }).getByRole("row");
  await expect(keys).toHaveCount(2);
  const before = await keys.nth(1).textContent();
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  await expect(keys.nth(1)).toContainText("published");
  await expect(keys.nth(2)).toContainText("signs");
  await page.getByRole("button", { name: "Rotate and withdraw the old ones" }).click();
  await expect(keys).toHaveCount(2);
  expect(await keys.nth(1).textContent()).not.toBe(before);
  const published = await fetch(`${emulator.entra.url}/common/discovery/v2.0/keys`);
  const kid = await keys.nth(1).locator("code").textContent();
  expect(await published.json()).toMatchObject({ keys: [{ kid }] });
});

test("second factors, consents, sessions, claims challenges and replica lag are switched", async ({
  page,
  open,
  emulator,
}) => {
  const entra = () => emulator.state().entra as Entra;
  await open("switches");
  const part = (name: string) =>
    page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

  await part("Second factor").getByLabel("API").selectOption("Microsoft Graph");
  await part("Second factor").getByRole("button", { name: "Ask for it" }).click();
  await expect(page.getByText("The second factor is asked for from now on.")).toBeVisible();
  expect(entra().multiFactor).toMatchObject([{ user: "user-one", resource: "graph" }]);
  await part("Second factor").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText("Nobody is asked for a second factor.")).toBeVisible();

  await part("Consents").getByLabel("User").selectOption("Fixture User Two");
  await part("Consents").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("The consent is taken back.")).toBeVisible();
  expect(entra().consents).toEqual([{ user: "user-two", application: "client", resource: "api", scopes: [] }]);
  await part("Consents").getByRole("button", { name: "Grant" }).click();
  await expect(part("Consents").getByRole("cell", { name: "access_as_user" })).toBeVisible();

  await part("Sessions").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("Fixture User One is signed out everywhere.")).toBeVisible();
  expect(emulator.requests.count({ service: "entra" })).toBe(0);

  await part("Replica lag of Microsoft Graph").getByLabel("Milliseconds").fill("500");
  await part("Replica lag of Microsoft Graph").getByRole("button", { name: "Set the lag" }).click();
  await expect(page.getByText("Now: 500 ms and 0 reads.")).toBeVisible();
  expect(emulator.state().graph.replicaLag).toEqual({ milliseconds: 500, reads: 0 });

  await part("Claims challenges of Microsoft Graph").getByRole("button", { name: "Refuse earlier tokens" }).click();
  await expect(part("Claims challenges of Microsoft Graph").getByRole("cell", { name: "nbf" })).toBeVisible();
  expect(emulator.state().graph.claimsChallenges).toMatchObject([{ user: "user-one" }]);
  await part("Claims challenges of Microsoft Graph").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText("No user's tokens are refused.")).toBeVisible();
});
