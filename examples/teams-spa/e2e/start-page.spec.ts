import { startPage } from "example-teams-spa/dev";
import { freePort } from "./support/free-port.js";
import { signIn, teams } from "./support/person.js";
import { expect, test } from "./support/test.js";

test("the page starts for a running emulator, from its sources", async ({ page, stack, person }) => {
  const serverUrl = `http://localhost:${stack.serverPort}`;
  const started = await startPage({ emulator: stack.emulator, serverUrl, port: await freePort() });
  try {
    await signIn(page, started.url, person);
    await expect(teams(page)).toBeVisible();
    await expect(page.locator("body")).toHaveCSS("font-size", "16px");
  } finally {
    await started.close();
  }
});

test("a port that is in use is refused", async ({ stack }) => {
  const port = Number(new URL(stack.pageUrl).port);
  await expect(startPage({ emulator: stack.emulator, serverUrl: "http://localhost:5000", port })).rejects.toThrow(
    /in use/,
  );
});
