import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareFile } from "./drift.mjs";
import { publicPackages } from "./public-packages.mjs";
import { root } from "./run.mjs";
import { runtimeDependencies } from "./runtime-dependencies.mjs";

const document = join(root, "docs/licences.md");

/** Licences that ask for no more than to be passed on with the code. */
const allowed = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

/** What the manifest leaves out, from where the author says it. */
const stated = {
  "semaphore@1.1.0": { licence: "MIT", where: "its README" },
};

/**
 * Compares `docs/licences.md` with the runtime dependencies that the lockfile names, or writes it.
 *
 * @throws Error if it is out of date, or if a licence is not allowed.
 */
export function licences({ write = false, file = document, found = allDependencies() } = {}) {
  const dependencies = found
    .map(({ name, version, licence }) => ({ name, version, ...licenceOf(`${name}@${version}`, licence) }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  const refused = dependencies.filter(({ licence }) => !allowed.includes(licence));
  if (refused.length > 0) {
    const names = refused.map(({ name, version, licence }) => `${name}@${version} (${licence})`);
    throw new Error(`Licences not in the list of those allowed: ${names.join(", ")}`);
  }
  if (write) writeFileSync(file, table(dependencies));
  else compareFile(file, table(dependencies), "pnpm docs:licences");
}

function allDependencies() {
  return runtimeDependencies(publicPackages.map(({ manifest }) => manifest.name));
}

function licenceOf(dependency, licence) {
  const { licence: said, where } = stated[dependency] ?? {};
  return said === undefined ? { licence, note: "" } : { licence: said, note: ` (from ${where})` };
}

function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function table(dependencies) {
  const rows = dependencies.map(({ name, version, licence, note }) => `| ${name} | ${version} | ${licence}${note} |`);
  return `# Licences

What the public packages need at run time, with all that those packages need in turn, in the versions that this
repository is tested with. Written by \`pnpm docs:licences\`; \`pnpm check\` compares it and refuses licences other than
${allowed.join(", ")}.

| package | version | licence |
| --- | --- | --- |
${rows.join("\n")}
`;
}
