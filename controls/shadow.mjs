import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A repository of links, but for the package of the control's file, which is a copy without that code: for what no
 * plugin of Vitest reaches, such as a page's build. The caller removes it.
 */
export function shadowWithout({ file, find, replace }, root) {
  const shadow = mkdtempSync(join(tmpdir(), "acs-auth-control-"));
  const [group, name] = file.split("/");
  mkdirSync(join(shadow, group));
  linkAllBut(group, root, shadow);
  linkAllBut(name, join(root, group), join(shadow, group));
  const directory = join(shadow, group, name);
  cpSync(join(root, group, name), directory, { recursive: true, filter: (path) => !path.endsWith("/node_modules") });
  symlinkSync(join(root, group, name, "node_modules"), join(directory, "node_modules"));
  const changed = join(shadow, file);
  writeFileSync(
    changed,
    readFileSync(changed, "utf8").replace(find, () => replace),
  );
  return { shadow, directory };
}

function linkAllBut(other, from, to) {
  for (const name of readdirSync(from)) if (name !== other) symlinkSync(join(from, name), join(to, name));
}
