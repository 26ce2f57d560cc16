import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @throws Error that names the files in which a committed folder differs from the one just generated. */
export function compareFolders(committed, generated, command) {
  const names = [...new Set([...files(committed), ...files(generated)])];
  const changed = names.filter((name) => read(join(committed, name)) !== read(join(generated, name)));
  if (changed.length > 0) throw new Error(`Out of date: ${changed.join(", ")}. Run ${command} and read the changes.`);
}

/** @throws Error if a committed file is not the text just generated. */
export function compareFile(committed, generated, command) {
  if (read(committed) !== generated) throw new Error(`Out of date: ${committed}. Run ${command} and read the changes.`);
}

function files(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** `undefined` where there is no such file. Line ends do not count: Git may have changed them. */
function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : undefined;
}
