import { appendFile } from "node:fs/promises";
import type { MigrationProblem } from "@acs-auth/store-migration";

/** Adds problems to a file, one JSON line each. It names people, which the output of the command does not. */
export async function appendProblems(file: string, problems: readonly MigrationProblem[]): Promise<void> {
  await appendFile(file, problems.map((problem) => `${lineOf(problem)}\n`).join(""), { mode: 0o600 });
}

function lineOf(problem: MigrationProblem): string {
  return JSON.stringify({
    kind: problem.kind,
    ...problem.user,
    source: "source" in problem ? problem.source.communicationUserId : undefined,
    target: "target" in problem ? problem.target.communicationUserId : undefined,
    replaced: "replaced" in problem ? problem.replaced : undefined,
    error: "error" in problem ? problem.error.message : undefined,
  });
}
