import { readFile } from "node:fs/promises";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { expect, test } from "./support/test.js";

test("the overview shows what runs and counts, and hands out the settings of a server", async ({
  page,
  open,
  emulator,
}) => {
  await new CommunicationIdentityClient(emulator.communication.connectionString).createUserAndToken(["chat"]);
  await open("overview");
  const row = page.getByRole("row", { name: "ACS Identity" });
  await expect(row).toContainText(emulator.communication.url);
  await expect(row).toContainText("running");
  await expect(page.getByRole("link", { name: "1 Active tokens" })).toBeVisible();

  const copied = async (format: string) => {
    await page.getByLabel(format, { exact: true }).check();
    await page.getByRole("button", { name: `Copy the settings for ${format}` }).click();
    await expect(page.getByText(`Copied: the settings for ${format}.`)).toBeVisible();
    return page.evaluate<string>("navigator.clipboard.readText()");
  };
  const { connectionString } = emulator.communication;
  expect(await copied("bash")).toContain(`\nexport COMMUNICATION_SERVICES_CONNECTION_STRING='${connectionString}'\n`);
  expect(await copied("PowerShell")).toContain(`\n$env:AZURE_AUTHORITY_HOST = '${emulator.entra.url}'\n`);
  expect(await copied(".env")).toContain(`NODE_EXTRA_CA_CERTS='${emulator.caFile}'\n`);
});

test("identities and tokens are shown while they are made, revoked and deleted", async ({ page, open, emulator }) => {
  const client = new CommunicationIdentityClient(emulator.communication.connectionString);
  await open("identities");
  await expect(page.getByText("There is no identity.")).toBeVisible();
  const { user } = await client.createUserAndToken(["chat"]);
  const row = page.getByRole("row", { name: "exists" });
  await expect(row).toContainText("1 issued, 1 active, 0 revoked");
  await row.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("status").filter({ hasText: user.communicationUserId })).toBeVisible();
  expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(user.communicationUserId);

  await page.getByRole("link", { name: "Tokens" }).click();
  await expect(page.getByRole("row", { name: "chat" })).toContainText("active");
  await client.revokeTokens(user);
  await expect(page.getByRole("row", { name: "chat" })).toContainText("revoked");

  await client.deleteUser(user);
  await page.getByRole("link", { name: "Identities" }).click();
  await expect(page.getByText("There is no identity.")).toBeVisible();
  await page.getByLabel("Show the deleted ones (1)").check();
  await expect(page.getByRole("row", { name: "deleted" })).toBeVisible();
});

test("mappings show each user's extensions", async ({ page, open, emulator }) => {
  const token = await emulator.mintToken({ user: "user-one", application: "api", audience: "graph" });
  await fetch(`${emulator.graph.url}/v1.0/me/extensions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ extensionName: "com.contoso.identityMapping", acsUserIdentity: "8:acs:one" }),
  });
  await open("mappings");
  await expect(page.getByRole("heading", { name: "Fixture User One" })).toBeVisible();
  await expect(page.getByText("com.contoso.identityMapping created by Fixture API")).toBeVisible();
  await expect(page.getByText('"acsUserIdentity": "8:acs:one"')).toBeVisible();
});

test("the state is exported, reset after a confirmation, and imported", async ({ page, open, emulator }) => {
  await new CommunicationIdentityClient(emulator.communication.connectionString).createUser();
  await open("state");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the state" }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ version: expect.anything() });

  await page.getByRole("button", { name: "Reset the emulator" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(emulator.state().communication.identities).toHaveLength(1);
  await page.getByRole("button", { name: "Reset the emulator" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset the emulator" }).click();
  await expect(page.getByText("The emulator is back at its fixtures.")).toBeVisible();
  expect(emulator.state().communication.identities).toEqual([]);

  await page.getByLabel("File to import").setInputFiles(file);
  await expect(page.getByText("Imported")).toBeVisible();
  expect(emulator.state().communication.identities).toHaveLength(1);

  await page
    .getByLabel("File to import")
    .setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(page.getByRole("alert").filter({ hasText: "no snapshot of the emulator" })).toBeVisible();
  expect(emulator.state().communication.identities).toHaveLength(1);
});

test("says that the emulator is gone", async ({ page, open, context }) => {
  await open("overview");
  await expect(page.getByText("running")).toHaveCount(3);
  await context.route("**/state", (route) => route.abort());
  await page.getByRole("button", { name: "Copy the settings for bash" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
  await expect(page.getByText("not reachable")).toHaveCount(3);
  await context.unroute("**/state");
  await expect(page.getByText("running")).toHaveCount(3, { timeout: 10_000 });
});
