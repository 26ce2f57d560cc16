import { appOnly } from "@acs-auth/store-graph";
import { type MigrationProgress, migrateMappings } from "@acs-auth/store-migration";
import type { MigrationConfig } from "../config/config.js";
import { createApplicationCredential } from "../credential.js";
import { createIdentityStore } from "../identity-stores.js";
import type { MigrationArguments } from "./arguments.js";
import { Checkpoint } from "./checkpoint.js";
import { locationOf } from "./location.js";
import { appendProblems } from "./problem-file.js";
import { ProgressLine } from "./progress-line.js";

/** Copies or compares all mappings. Returns whether that is complete and clean, the pages before the checkpoint included. */
export async function runMigration(config: MigrationConfig, options: MigrationArguments): Promise<boolean> {
  const { mode } = options;
  const { tenantId } = config;
  const run = { source: locationOf(config.source, tenantId), target: locationOf(config.target, tenantId), mode };
  const checkpoint = options.checkpoint === undefined ? undefined : new Checkpoint(options.checkpoint, run);
  const position = await checkpoint?.read();
  const problemsBefore = position?.problems ?? 0;
  const line = new ProgressLine(process.stdout);
  let problemsSeen = 0;

  const onProgress = async (progress: MigrationProgress) => {
    const { problems, continuationToken } = progress;
    line.show(progress);
    if (options.problems !== undefined) await appendProblems(options.problems, problems.slice(problemsSeen));
    problemsSeen = problems.length;
    if (continuationToken === undefined) return;
    await checkpoint?.write({ continuationToken, problems: problemsBefore + problems.length });
  };

  try {
    const report = await migrateMappings({
      ...createStores(config),
      verifyOnly: mode === "verify",
      onDifference: mode === "replace" ? "replace" : "report",
      onProgress,
      abortSignal: abortOnSignal(),
      ...(position ? { continuationToken: position.continuationToken } : {}),
    });
    line.end();
    if (report.completed) await checkpoint?.remove();
    const problems = problemsBefore + report.problems.length;
    process.stdout.write(`${report.completed ? "Complete" : "Stopped early"}, ${problems} problems.\n`);
    return report.completed && problems === 0;
  } finally {
    line.end();
  }
}

function createStores({ source, target, ...application }: MigrationConfig) {
  const { tenantId, authorityHost, proof } = application;
  const credential = createApplicationCredential(application);
  const surroundings = { authorityHost, proof, graphAccess: appOnly({ credential, tenantId }) };
  return { source: createIdentityStore(source, surroundings), target: createIdentityStore(target, surroundings) };
}

function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
