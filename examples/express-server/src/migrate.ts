import { AcsAuthError } from "@acs-auth/core";
import { readMigrationConfig } from "./config/config.js";
import { ConfigurationError } from "./config/problems.js";
import { readArguments, USAGE, UsageError } from "./migration/arguments.js";
import { runMigration } from "./migration/run-migration.js";

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const options = readArguments(process.argv.slice(2));
    if (!options.help) return (await runMigration(readMigrationConfig(process.env), options)) ? 0 : 1;
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigurationError) return fail(error.message, 2);
    if (AcsAuthError.is(error))
      return fail(`${error.message} (${[error.code, error.reason].filter(Boolean).join(", ")})`, 1);
    throw error;
  }
}

function fail(message: string, exitCode: number): number {
  process.stderr.write(`${message}\n`);
  return exitCode;
}
