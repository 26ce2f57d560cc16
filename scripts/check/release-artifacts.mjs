import { join } from "node:path";
import { publicPackages } from "./public-packages.mjs";
import { run } from "./run.mjs";

/** Packs every public package into a folder. Returns the tarballs by package name. */
export function pack(folder) {
  run("pnpm", ["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", folder]);
  return pathsIn(folder, "tgz");
}

/** Writes the SBOM of every public package into a folder. Returns the files by package name. */
export function writeSboms(folder) {
  const out = join(folder, "%s-%v.cdx.json");
  run("pnpm", ["--filter", "./packages/*", "sbom", "--prod", "--split", "--sbom-format", "cyclonedx", "--out", out]);
  return pathsIn(folder, "cdx.json");
}

function pathsIn(folder, extension) {
  return Object.fromEntries(
    publicPackages.map(({ manifest: { name, version } }) => {
      return [name, join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.${extension}`)];
    }),
  );
}
