import { expect, it, vi } from "vitest";
import { checkUnused } from "../unused.mjs";
import { folderOf } from "./fixtures.mjs";

vi.setConfig({ testTimeout: 60_000 });

function repositoryOf(changes) {
  return folderOf({
    "package.json": { name: "sample", private: true, type: "module" },
    "index.js": 'import { answer } from "./answer.js";\nconsole.log(answer);\n',
    "answer.js": "export const answer = 42;\n",
    ...changes,
  });
}

it("takes a repository in which everything is used", () => {
  checkUnused(repositoryOf({}));
});

it.each([
  ["a file", { "gone.js": "" }, "gone.js"],
  ["an export", { "answer.js": "export const answer = 42;\nexport const question = 6;\n" }, "question"],
  ["a dependency", { "package.json": { name: "sample", type: "module", dependencies: { jose: "*" } } }, "jose"],
])("refuses %s that nothing uses", (_, changes, said) => {
  expect(() => checkUnused(repositoryOf(changes))).toThrow(said);
});
