import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const directoryOf = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** What the built programs consist of, in build order. */
const PARTS: [directory: string, output: string][] = [
  ["packages/core", "dist/index.js"],
  ["packages/store-memory", "dist/index.js"],
  ["packages/store-graph", "dist/index.js"],
  ["packages/store-cosmos", "dist/index.js"],
  ["packages/store-table", "dist/index.js"],
  ["packages/store-migration", "dist/index.js"],
  ["packages/http", "dist/index.js"],
  ["examples/express-server", "dist/server.js"],
];

/** Builds what `pnpm build` has not built yet. Returns the server's file. */
export function buildServer(): string {
  for (const [directory, output] of PARTS) {
    const cwd = directoryOf(directory);
    if (!existsSync(`${cwd}/${output}`)) execFileSync("npx", ["tsup"], { cwd, stdio: "ignore" });
  }
  return directoryOf("examples/express-server/dist/server.js");
}

/** The same. Returns the migration's file. */
export function buildMigration(): string {
  buildServer();
  return directoryOf("examples/express-server/dist/migrate.js");
}
