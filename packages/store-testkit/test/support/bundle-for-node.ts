import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { afterAll, beforeAll } from "vitest";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles a file of this folder for plain Node while the tests of a file run, and returns its URL. */
export function useBundle(name: string): string {
  const outDir = join(packageFolder, "node_modules", ".cache", "tests", randomUUID());
  beforeAll(() =>
    build({
      config: false,
      entry: [join(packageFolder, "test", "support", `${name}.ts`)],
      format: ["esm"],
      target: "node20",
      outDir,
      noExternal: [/^@acs-auth\//],
      removeNodeProtocol: false,
      esbuildOptions(options) {
        options.conditions = ["acs-auth-source"];
      },
      silent: true,
    }),
  );
  afterAll(() => rm(outDir, { recursive: true }));
  return pathToFileURL(join(outDir, `${name}.js`)).href;
}
