import { readFileSync } from "node:fs";
import { writeSboms } from "./release-artifacts.mjs";
import { runtimeDependencies } from "./runtime-dependencies.mjs";
import { assertSame, assertSameNames } from "./same.mjs";

/** The SBOM of every package names the package and all that it needs at run time, but for its peers. */
export function checkSboms(folder) {
  for (const [name, file] of Object.entries(writeSboms(folder))) {
    checkSbom(name, JSON.parse(readFileSync(file, "utf8")), runtimeDependencies([name]));
  }
}

/** An SBOM is of the package with this name, and names these dependencies with their versions, and no others. */
export function checkSbom(name, { bomFormat, metadata, components }, dependencies) {
  assertSame([bomFormat, fullName(metadata.component)], ["CycloneDX", name], `subject of the SBOM of ${name}`);
  const named = components.map((component) => `${fullName(component)}@${component.version}`);
  const needed = dependencies.map((dependency) => `${dependency.name}@${dependency.version}`);
  assertSameNames(named, needed, `dependencies in the SBOM of ${name}`);
}

function fullName({ group, name }) {
  return group ? `${group}/${name}` : name;
}
