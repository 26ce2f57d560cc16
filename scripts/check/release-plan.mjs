import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { publicPackages } from "./public-packages.mjs";
import { root } from "./run.mjs";

// `changeset status` plans with this too, but wants a branch to compare with, which not every clone has.
const require = createRequire(import.meta.resolve("@changesets/cli/package.json"));
const { default: getReleasePlan } = require("@changesets/get-release-plan");

/** The changesets make one release: the same new version for every public package, and none for private ones. */
export async function checkReleasePlan() {
  const { changesets, releases } = await getReleasePlan(root);
  const asked = changesets.flatMap((changeset) => changeset.releases).map(({ type }) => type);
  const released = releases.filter(({ type }) => type !== "none");
  if (released.length === 0) return;
  const names = publicPackages.map(({ manifest }) => manifest.name);
  assert.deepEqual(released.map(({ name }) => name).sort(), names.sort(), "released packages");
  assert.equal(new Set(released.map(({ newVersion }) => newVersion)).size, 1, "versions of one release");
  // Changesets makes a minor release a major one if it leaves the range of a peer dependency.
  for (const { name, type } of released)
    assert.ok(asked.includes(type), `${name} gets a ${type} release; nobody asked`);
}
