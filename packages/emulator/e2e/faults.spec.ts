import { CommunicationIdentityClient } from "@azure/communication-identity";
import { expect, test } from "./support/test.js";

const withoutRetries = { retryOptions: { maxRetries: 0 } };

test("a fault that is switched on strikes the SDK, and no longer once it is removed", async ({
  page,
  open,
  emulator,
}) => {
  const client = new CommunicationIdentityClient(emulator.communication.connectionString, withoutRetries);
  await open("faults");
  await page.getByLabel("Preset").selectOption("An error of the service");
  await page.getByLabel("Service").selectOption("ACS Identity");
  await page.getByLabel("Error code").fill("Refused");
  await page.getByRole("button", { name: "Add the fault" }).click();
  await expect(page.getByText("The fault is in force.")).toBeVisible();

  await expect(client.createUser()).rejects.toMatchObject({ statusCode: 500, code: "Refused" });
  const fault = page.getByRole("row", { name: "answers 500 Refused" });
  await expect(fault.getByRole("cell").nth(2)).toHaveText("1");
  await fault.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No fault is set")).toBeVisible();
  await client.createUser();
});

test("a lost reply is logged as such", async ({ page, open, emulator }) => {
  const client = new CommunicationIdentityClient(emulator.communication.connectionString, withoutRetries);
  await open("faults");
  await page.getByLabel("Preset").selectOption("A lost reply");
  await page.getByLabel("Strike so many").fill("1");
  await page.getByRole("button", { name: "Add the fault" }).click();
  await expect(page.getByRole("row", { name: "loses the reply, after the effect" })).toBeVisible();

  await expect(client.createUser()).rejects.toThrow();
  await page.getByRole("link", { name: "Requests" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "POST /identities" })).toContainText("reply lost");
  await page.getByRole("link", { name: "Identities" }).click();
  await expect(page.getByRole("row", { name: "exists" })).toHaveCount(1);
});

test("what makes no sense is refused with the reason", async ({ page, open, emulator }) => {
  await open("faults");
  await page.getByLabel("Connection").selectOption("Never answer");
  await page.getByRole("button", { name: "Add the fault" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not both" })).toBeVisible();
  expect(emulator.faults.list()).toEqual([]);
});
