import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll } from "vitest";

/** What CommonJS modules need in an ES module. */
const REQUIRE = `import { createRequire as createBundleRequire } from "node:module";
const require = createBundleRequire(import.meta.url);`;

/**
 * Bundles a TypeScript file with all that it imports, for processes that plain Node runs, while the tests of a file run.
 * Returns the URL of the bundle.
 */
export function useBundle(entry: URL): string {
  const file = fileURLToPath(entry);
  const outDir = join(tmpdir(), `acs-auth-bundle-${randomUUID()}`);
  beforeAll(async () => {
    await build({
      config: false,
      entry: [file],
      format: ["esm"],
      target: "node20",
      outDir,
      outExtension: () => ({ js: ".mjs" }),
      noExternal: [/./],
      banner: { js: REQUIRE },
      esbuildOptions: (options) => {
        options.conditions = ["acs-auth-source"];
      },
      silent: true,
    });
  });
  afterAll(() => rm(outDir, { recursive: true }));
  return pathToFileURL(join(outDir, `${basename(file, ".ts")}.mjs`)).href;
}
