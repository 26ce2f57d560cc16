import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../../scripts/chromium.js";

export default defineConfig({
  testDir: "e2e",
  outputDir: "node_modules/.cache/playwright",
  forbidOnly: Boolean(process.env["CI"]),
  reporter: "list",
  workers: 2,
  // A browser on a build server may starve for a moment; what fails twice is a failure.
  retries: process.env["CI"] ? 1 : 0,
  fullyParallel: true,
  timeout: 30_000,
  use: {
    launchOptions: chromiumLaunchOptions(),
    // The emulator's certificate authority is not one that Chromium knows.
    ignoreHTTPSErrors: true,
    screenshot: "only-on-failure",
  },
});
