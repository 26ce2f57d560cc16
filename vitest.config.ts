import { defineConfig } from "vitest/config";

export default defineConfig({
  ssr: { resolve: { conditions: ["acs-auth-source"] } },
  resolve: { conditions: ["acs-auth-source"] },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
      "benchmarks/test/*.test.ts",
      "scripts/*.test.ts",
      "scripts/check/test/*.test.mjs",
    ],
    pool: "forks",
    // Most tests wait more than they work.
    maxWorkers: "100%",
    testTimeout: 20_000,
    hookTimeout: 30_000,
    globalSetup: ["./scripts/test-certificates.ts"],
  },
});
