import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const directoryOf = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** What the built server consists of, in build order. */
const PARTS: [directory: string, output: string][] = [
  ["packages/core", "dist/index.js"],
  ["packages/store-memory", "dist/index.js"],
  ["packages/http", "dist/index.js"],
  ["examples/express-server", "dist/server.js"],
];

/** Builds what `pnpm build` has not built yet. */
export function buildServer(): string {
  for (const [directory, output] of PARTS) {
    const cwd = directoryOf(directory);
    if (!existsSync(`${cwd}/${output}`)) execFileSync("npx", ["tsup"], { cwd, stdio: "ignore" });
  }
  return directoryOf("examples/express-server/dist/server.js");
}
