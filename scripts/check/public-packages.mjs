import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/** The packages that are published: folder name, directory and manifest of each. */
export const publicPackages = readdirSync(join(root, "packages"))
  .map((folder) => {
    const directory = join(root, "packages", folder);
    return { folder, directory, manifest: JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) };
  })
  .filter(({ manifest }) => !manifest.private);
