import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { publicPackages } from "./public-packages.mjs";
import { root } from "./run.mjs";
import { assertSameNames } from "./same.mjs";

// `changeset status` plans with this too, but wants a branch to compare with, which not every clone has.
const require = createRequire(import.meta.resolve("@changesets/cli/package.json"));
const { default: getReleasePlan } = require("@changesets/get-release-plan");

/** The changesets make one release: the same new version for every public package, and none for private ones. */
export async function checkReleasePlan(repository = root, names = publicPackages.map(({ manifest }) => manifest.name)) {
  const { changesets, releases } = await getReleasePlan(repository);
  const asked = changesets.flatMap((changeset) => changeset.releases).map(({ type }) => type);
  const released = releases.filter(({ type }) => type !== "none");
  if (released.length === 0) return;
  const releasedNames = released.map(({ name }) => name);
  assertSameNames(releasedNames, names, "released packages");
  const versions = new Set(released.map(({ newVersion }) => newVersion));
  assert.equal(versions.size, 1, `one release, but with versions ${[...versions].join(" and ")}`);
  // Changesets makes a minor release a major one if it leaves the range of a peer dependency.
  for (const { name, type } of released)
    assert.ok(asked.includes(type), `${name} gets a ${type} release; nobody asked`);
}
