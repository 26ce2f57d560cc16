import { resolve } from "node:path";
import { mergeConfig } from "vitest/config";
import base from "../vitest.config.js";
import { controls } from "./controls.mjs";

const root = resolve(import.meta.dirname, "..");
const control = controls.find(({ guarantee }) => guarantee === process.env["ACS_AUTH_CONTROL"]);

/** Runs the tests with the code of one guarantee taken away, in memory. */
export default mergeConfig(base, {
  root,
  // The fire suite's tests, in their short form, take longer than others: a timeout must not pass for "caught".
  test: {
    include: ["fire/test/**/*.test.ts"],
    ...(control?.test.startsWith("fire/") ? { testTimeout: 120_000, hookTimeout: 120_000 } : {}),
  },
  cacheDir: resolve(root, "node_modules/.vite-controls"),
  plugins: [
    {
      name: "acs-auth-control",
      enforce: "pre" as const,
      transform(code: string, id: string) {
        if (!control || id.split("?")[0] !== resolve(root, control.file)) return undefined;
        return { code: code.replace(control.find, () => control.replace), map: null };
      },
    },
  ],
});
