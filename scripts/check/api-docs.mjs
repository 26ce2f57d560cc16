import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareFolders } from "./drift.mjs";
import { command, root, run } from "./run.mjs";

/** The API reference is what TypeDoc makes of the sources, without a warning: nothing undocumented, no dead link. */
export function checkApiDocs(repository = root) {
  const work = mkdtempSync(join(tmpdir(), "acs-auth-docs-"));
  try {
    run(command("typedoc"), ["--out", work], repository);
    compareFolders(join(repository, "docs/api"), work, "pnpm docs:api");
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
