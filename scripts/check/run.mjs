import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

/** The repository's root. */
export const root = resolve(import.meta.dirname, "../..");

/** The path of a command that a dependency of the repository brings along. */
export function command(name) {
  return join(root, "node_modules/.bin", name);
}

/** So that what a command says reads the same for people, logs and tests. */
const { FORCE_COLOR: _, ...environment } = process.env;
const withoutColors = { ...environment, NO_COLOR: "1" };

/** Runs a command to its end and returns what it printed. @throws Error with all of its output if it fails. */
export function run(command, args, cwd = root) {
  try {
    return execFileSync(command, args, {
      cwd,
      env: withoutColors,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
    });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}: ${error.code ?? ""}\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  }
}
