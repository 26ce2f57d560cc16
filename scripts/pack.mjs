// Writes what a release consists of, the tarball and the SBOM of every public package: `node scripts/pack.mjs <folder>`.
import { resolve } from "node:path";
import { pack, writeSboms } from "./check/release-artifacts.mjs";

const [, , folder = "release"] = process.argv;
pack(resolve(folder, "tarballs"));
writeSboms(resolve(folder, "sbom"));
