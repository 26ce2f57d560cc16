import { command, root, run } from "./run.mjs";

/** There is no file, export or dependency that nothing uses. */
export function checkUnused(repository = root) {
  run(command("knip"), [], repository);
}
