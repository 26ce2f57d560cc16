import { join } from "node:path";
import { expect, it } from "vitest";
import { compareFile, compareFolders } from "../drift.mjs";
import { folderOf } from "./fixtures.mjs";

const generated = { "README.md": "# Sample\n", "core/index.md": "# Core\n" };

it.each([
  ["that are the same", generated],
  ["whose line ends Git has changed", { ...generated, "README.md": "# Sample\r\n" }],
])("takes files %s", (_, committed) => {
  compareFolders(folderOf(committed), folderOf(generated), "pnpm docs:api");
});

it.each([
  ["changed", { ...generated, "core/index.md": "# Kernel\n" }, "core/index.md"],
  ["missing", { "README.md": "# Sample\n" }, "core/index.md"],
  ["left over", { ...generated, "core/old.md": "" }, "core/old.md"],
])("refuses a file that is %s", (_, committed, named) => {
  const check = () => compareFolders(folderOf(committed), folderOf(generated), "pnpm docs:api");
  expect(check).toThrow(`Out of date: ${join(named)}. Run pnpm docs:api and read the changes.`);
});

it("refuses that there is no folder", () => {
  const check = () => compareFolders(join(folderOf(), "gone"), folderOf(generated), "pnpm docs:api");
  expect(check).toThrow("Out of date: ");
});

it("refuses a file that is not the text", () => {
  const file = join(folderOf({ "a.md": "one\n" }), "a.md");
  compareFile(file, "one\n", "pnpm docs:licences");
  expect(() => compareFile(file, "two\n", "pnpm docs:licences")).toThrow(
    `Out of date: ${file}. Run pnpm docs:licences`,
  );
});
