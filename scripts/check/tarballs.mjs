import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { budgets, expectedFiles } from "./budgets.mjs";
import { command, run } from "./run.mjs";
import { assertSameNames } from "./same.mjs";

/** Exports and types resolve in ESM and CommonJS. */
export function checkResolution(tarball) {
  run(command("publint"), ["--strict", tarball]);
  run(command("attw"), ["--no-emoji", tarball]);
}

/** The files are those expected, and the size is within its budget. */
export function checkContents(folder, tarball, budget = budgets[folder]) {
  const entries = run("tar", ["-tvzf", tarball]).trim().split("\n").map(readEntry);
  // Names of bundled assets hold a digest of their content.
  const names = entries.map(({ name }) => name.replace(/-[\w-]{8}(\.\w+)$/, "-*$1"));
  assertSameNames(names, expectedFiles(folder), `files of ${folder}`);

  assert.ok(budget, `${folder} has no budget`);
  checkSize(`${folder}, packed`, statSync(tarball).size, budget.packed);
  checkSize(`${folder}, unpacked`, sum(entries.map(({ size }) => size)), budget.unpacked);
}

/** `-rw-r--r-- 0/0  1077 1985-10-26 08:15 package/LICENSE` */
function readEntry(line) {
  const [, , size, , , path] = line.split(/\s+/);
  return { size: Number(size), name: path.replace("package/", "") };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function checkSize(what, bytes, kilobytes) {
  assert.ok(bytes <= kilobytes * 1000, `${what}: ${Math.ceil(bytes / 1000)} kB, and its budget is ${kilobytes} kB`);
}
