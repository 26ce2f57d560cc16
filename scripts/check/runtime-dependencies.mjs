import { run } from "./run.mjs";

/** What packages need at run time, with all that those packages need in turn: name, version and licence of each. */
export function runtimeDependencies(names) {
  const filters = names.flatMap((name) => ["--filter", name]);
  const output = run("pnpm", [...filters, "licenses", "list", "--prod", "--json"]);
  return Object.values(JSON.parse(output))
    .flat()
    .flatMap(({ name, versions, license }) => versions.map((version) => ({ name, version, licence: license })));
}
