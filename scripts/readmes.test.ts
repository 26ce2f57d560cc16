import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/**
 * A comment `<!-- ts … -->` before a block declares what the block takes for granted; `<!-- from <path> -->` says that
 * the block is an excerpt of a file, which is compiled already.
 */
const TS_BLOCK = /(?:<!-- (?:ts\n(?<given>[\s\S]*?)|from (?<source>\S+) )-->\s*)?```ts\n(?<code>[\s\S]*?)```/g;

const folders = [
  ".",
  "docs",
  "benchmarks",
  "fire",
  "infra",
  ...["packages", "examples"].flatMap((folder) => subfolders(folder)),
];
const blocks = folders.flatMap((folder) => documents(folder)).flatMap((document) => blocksOf(document));

interface Block {
  readonly document: string;
  readonly line: number;
  readonly given: string;
  readonly source: string | undefined;
  readonly code: string;
}

function subfolders(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => join(folder, name));
}

function documents(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(".md"));
  return files.map((file) => join(folder, file));
}

function blocksOf(document: string): Block[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(TS_BLOCK)].map(({ index, groups }) => ({
    document,
    line: text.slice(0, index).split("\n").length,
    given: groups?.["given"] ?? "",
    source: groups?.["source"],
    code: groups?.["code"] ?? "",
  }));
}

/** Inside the document's package, so that a block can import what the package can. */
function cacheOf(document: string): string {
  const folder = join(root, dirname(document));
  return join(existsSync(join(folder, "package.json")) ? folder : root, "node_modules/.cache/readmes");
}

it("every TypeScript block of the documentation compiles", () => {
  const compiled = blocks.filter(({ source }) => source === undefined);
  const caches = [...new Set(compiled.map(({ document }) => cacheOf(document)))];
  for (const cache of caches) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
  }
  const files = compiled.map(({ document, line, given, code }) => {
    const file = join(cacheOf(document), `${basename(document)}.${line}.ts`);
    writeFileSync(file, `${given}\n${code}\nexport {};\n`);
    return file;
  });
  const config = join(root, "node_modules/.cache/readmes/tsconfig.json");
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: {
        customConditions: ["acs-auth-source"],
        noPropertyAccessFromIndexSignature: false,
        noUnusedLocals: false,
        noUnusedParameters: false,
        typeRoots: [join(root, "node_modules/@types")],
      },
      files,
    }),
  );
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", config], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
  expect(compiled.length).toBeGreaterThan(5);
}, 120_000);

it.each(blocks.filter(({ source }) => source !== undefined))("$document:$line is an excerpt of $source", (block) => {
  expect(readFileSync(join(root, block.source ?? ""), "utf8")).toContain(block.code.trim());
});

it("the README's way into a backend takes ten lines", () => {
  const [block] = blocks.filter(({ document }) => document === "README.md");
  const lines = block?.code.split("\n").filter((line) => line !== "") ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(10);
});
