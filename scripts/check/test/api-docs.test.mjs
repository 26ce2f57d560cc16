import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { checkApiDocs } from "../api-docs.mjs";
import { command, root, run } from "../run.mjs";
import { folderOf, withDependencies } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

/** A repository with one package and the settings of this one. */
function repositoryOf(source) {
  return withDependencies(
    folderOf({
      "typedoc.json": { extends: [join(root, "typedoc.json")], entryPoints: ["packages/*"] },
      "packages/sample/package.json": { name: "@acs-auth/sample", version: "1.0.0" },
      "packages/sample/tsconfig.json": { extends: join(root, "tsconfig.base.json"), include: ["src"] },
      "packages/sample/src/index.ts": source,
    }),
  );
}

it("takes a reference that is up to date, and refuses a stale one", () => {
  const repository = repositoryOf("/** The answer. */\nexport const answer = 42;\n");
  run(command("typedoc"), ["--out", "docs/api"], repository);
  checkApiDocs(repository);
  writeFileSync(join(repository, "docs/api/README.md"), "# Another\n");
  expect(() => checkApiDocs(repository)).toThrow("Out of date: README.md. Run pnpm docs:api and read the changes.");
});

it.each([
  [
    "an export without a comment, and a type that is used and not exported",
    "interface Answer {}\nexport const answer: Answer = {};\n",
    /referenced by answer but not included(.|\n)+does not have any documentation/,
  ],
  ["a dead link", "/** As {@link nobody} knows. */\nexport const answer = 42;\n", 'Failed to resolve link to "nobody"'],
])("refuses %s", (_, source, said) => {
  const repository = repositoryOf(source);
  expect(() => checkApiDocs(repository)).toThrow(said);
});
