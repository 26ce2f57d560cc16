import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const work = join(root, "node_modules/.cache/readmes");

/** A comment `<!-- ts … -->` before a block declares what the block takes for granted. */
const TS_BLOCK = /(?:<!-- ts\n(?<given>[\s\S]*?)-->\s*)?```ts\n(?<code>[\s\S]*?)```/g;

const documents = [".", ...["packages", "examples"].flatMap((folder) => subfolders(folder))].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file)),
);

function subfolders(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => join(folder, name));
}

it("every TypeScript block of the documentation compiles", () => {
  rmSync(work, { recursive: true, force: true });
  let blocks = 0;
  for (const document of documents) {
    for (const { groups } of readFileSync(join(root, document), "utf8").matchAll(TS_BLOCK)) {
      blocks += 1;
      const file = join(work, `${document}.${blocks}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${groups?.["given"] ?? ""}\n${groups?.["code"]}\nexport {};\n`);
    }
  }
  writeFileSync(
    join(work, "tsconfig.json"),
    JSON.stringify({
      extends: relative(work, join(root, "tsconfig.base.json")),
      compilerOptions: {
        customConditions: ["acs-auth-source"],
        noPropertyAccessFromIndexSignature: false,
        noUnusedLocals: false,
        noUnusedParameters: false,
        typeRoots: [join(root, "node_modules/@types")],
      },
      include: ["**/*.ts"],
    }),
  );
  const { stdout, status } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", work], {
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
  expect(blocks).toBeGreaterThan(5);
}, 120_000);
