import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publicPackages } from "./public-packages.mjs";
import { run } from "./run.mjs";

/** The SBOM of every package, made as for a release, names the package and all that it depends on. */
export function checkSboms(work) {
  const out = join(work, "sbom/%s-%v.cdx.json");
  run("pnpm", ["--filter", "./packages/*", "sbom", "--prod", "--split", "--sbom-format", "cyclonedx", "--out", out]);
  for (const { folder, manifest } of publicPackages) {
    const file = join(work, `sbom/acs-auth-${folder}-${manifest.version}.cdx.json`);
    const { bomFormat, metadata, components } = JSON.parse(readFileSync(file, "utf8"));
    assert.deepEqual([bomFormat, fullName(metadata.component)], ["CycloneDX", manifest.name]);
    const named = components.map(fullName);
    const missing = Object.keys(manifest.dependencies ?? {}).filter((name) => !named.includes(name));
    assert.deepEqual(missing, [], `dependencies that the SBOM of ${folder} does not name`);
  }
}

function fullName({ group, name }) {
  return group ? `${group}/${name}` : name;
}
