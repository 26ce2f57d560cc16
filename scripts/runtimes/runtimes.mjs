import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

const cache = join(root, "node_modules/.cache/runtimes");
const SMOKE_TEST = "packages/http/test/adapters/bun-deno.test.ts";
const SUITES = ["packages/core/", "packages/http/", "packages/client/", "packages/store-"];

/** The release lines of Node that are supported, oldest first. */
const NODE_LINES = ["20", "22", "24", "26"];

/** What vitest is given for each, and how it is made available: its version, the Node that runs vitest, its environment. */
export const runtimes = [
  ...NODE_LINES.map((line) => ({
    name: `Node ${line}`,
    install: () => installNode(line),
    tests: [...SUITES, `--exclude=${SMOKE_TEST}`],
  })),
  ...["Bun", "Deno"].map((name) => ({
    name,
    install: () => installed(join(root, "packages/http/node_modules/.bin"), name.toLowerCase()),
    tests: [SMOKE_TEST, `--testNamePattern=\\b${name}\\b`],
  })),
];

/** The newest release of the line, from the npm package `node`, which carries the binary of this platform. */
function installNode(line) {
  const folder = join(cache, `node-${line}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `node@${line}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const binaries = join(folder, "node_modules/node/bin");
  const program = join(binaries, process.platform === "win32" ? "node.exe" : "node");
  // What the tests start by the name `node` is this release as well.
  return { ...installed(binaries, "node"), program, env: { PATH: `${binaries}${delimiter}${process.env.PATH}` } };
}

function installed(binaries, name) {
  const output = execFileSync(join(binaries, name), ["--version"], { encoding: "utf8" });
  return { version: /\d+\.\d+\.\d+/.exec(output)?.[0], program: process.execPath, env: {} };
}
