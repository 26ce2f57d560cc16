import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../../scripts/chromium.js";

export default defineConfig({
  testDir: "e2e",
  outputDir: "node_modules/.cache/playwright",
  forbidOnly: Boolean(process.env["CI"]),
  reporter: "list",
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  use: {
    launchOptions: chromiumLaunchOptions(),
    // The emulator's certificate authority is not one that Chromium knows.
    ignoreHTTPSErrors: true,
    screenshot: "only-on-failure",
  },
});
