import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll } from "vitest";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** What CommonJS modules need in an ES module. */
const REQUIRE = `import { createRequire as createBundleRequire } from "node:module";
const require = createBundleRequire(import.meta.url);`;

/** Bundles a file of this folder for processes that plain Node runs. Returns the bundle's URL. */
export function useBundle(entry: string): string {
  const name = basename(entry, ".ts");
  const outDir = join(packageFolder, "node_modules", ".cache", `test-${name}`);
  beforeAll(async () => {
    await build({
      config: false,
      entry: [join(packageFolder, "test", "support", entry)],
      format: ["esm"],
      target: "node20",
      outDir,
      noExternal: [/./],
      banner: { js: REQUIRE },
      esbuildOptions: (options) => {
        options.conditions = ["acs-auth-source"];
      },
      silent: true,
    });
  });
  afterAll(() => rm(outDir, { recursive: true }));
  return pathToFileURL(join(outDir, `${name}.js`)).href;
}
