import { fileURLToPath } from "node:url";
import { createCertificateAuthority } from "@acs-auth/emulator";
import { defineConfig } from "@playwright/test";
import { chromiumLaunchOptions } from "../../scripts/chromium.js";

const certificates = fileURLToPath(new URL("../../node_modules/.cache/acs-auth-emulator", import.meta.url));
const { caFile } = await createCertificateAuthority(certificates);
// The SDKs in the tests trust the emulator; Node reads this when the processes of the tests start.
process.env["NODE_EXTRA_CA_CERTS"] = caFile;
process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] = certificates;

export default defineConfig({
  testDir: "e2e",
  outputDir: "node_modules/.cache/playwright",
  forbidOnly: Boolean(process.env["CI"]),
  reporter: "list",
  workers: 2,
  // A browser on a build server may starve for a moment; what fails twice is a failure.
  retries: process.env["CI"] ? 1 : 0,
  use: {
    launchOptions: chromiumLaunchOptions(),
    ignoreHTTPSErrors: true,
    permissions: ["clipboard-read", "clipboard-write"],
  },
});
