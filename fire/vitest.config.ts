import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import base from "../vitest.config.js";

/** As the other tests, but longer, and shorter than in full unless `FIRE=full`: see `run.mjs`. */
export default defineConfig({
  ...base,
  root: resolve(import.meta.dirname, ".."),
  test: {
    ...base.test,
    include: ["fire/test/**/*.test.ts"],
    // Most experiments wait more than they work.
    maxWorkers: 3,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
