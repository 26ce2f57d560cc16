import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { budgets, expectedFiles } from "./budgets.mjs";
import { publicPackages } from "./public-packages.mjs";
import { command, run } from "./run.mjs";

/** Packs every public package into a folder, as the release workflow does. Returns the tarballs by package name. */
export function pack(work) {
  run("pnpm", ["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", work]);
  return Object.fromEntries(
    publicPackages.map(({ folder, manifest }) => [
      manifest.name,
      join(work, `acs-auth-${folder}-${manifest.version}.tgz`),
    ]),
  );
}

/** Exports and types resolve in ESM and CommonJS, the files are those expected, and the size is within its budget. */
export function checkTarball(folder, tarball) {
  run(command("publint"), ["--strict", tarball]);
  run(command("attw"), ["--quiet", tarball]);

  const entries = run("tar", ["-tvzf", tarball]).trim().split("\n").map(readEntry);
  // Names of bundled assets hold a digest of their content.
  const names = entries.map(({ name }) => name.replace(/-[\w-]{8}(\.\w+)$/, "-*$1"));
  assert.deepEqual(names.sort(), expectedFiles(folder).sort(), `files of ${folder}`);

  const { packed, unpacked } = budgets[folder];
  checkSize(`${folder}, packed`, statSync(tarball).size, packed);
  checkSize(`${folder}, unpacked`, sum(entries.map(({ size }) => size)), unpacked);
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
