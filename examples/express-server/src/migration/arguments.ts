import { parseArgs } from "node:util";

export const USAGE = `Copies all mappings from PREVIOUS_IDENTITY_STORE to IDENTITY_STORE, while the servers run with
MIGRATION_STAGE=read-through. Reads the server's variables. Running it again does no harm.

  migrate [options]

  --verify             changes nothing, only compares
  --replace            puts the previous store's identity in the place of another one, which is left alone otherwise
  --checkpoint <file>  keeps in this file how far it has come, and goes on from there; removed when complete
  --problems <file>    adds each difference and failure to this file, as a JSON line with the ids of users and identities
  --help               shows this

Exit code: 0 complete and clean, 1 differences or failures, 2 wrong options or variables.
`;

export interface MigrationArguments {
  readonly mode: "copy" | "replace" | "verify";
  readonly checkpoint: string | undefined;
  readonly problems: string | undefined;
  readonly help: boolean;
}

/** Options that make no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError for an unknown or incomplete option. */
export function readArguments(args: readonly string[]): MigrationArguments {
  const { verify = false, replace = false, help = false, checkpoint, problems } = parse(args);
  if (verify && replace) throw new UsageError("--verify changes nothing: leave --replace out.");
  for (const [option, file] of Object.entries({ checkpoint, problems })) {
    if (file === "") throw new UsageError(`--${option} needs the name of a file.`);
  }
  return { mode: verify ? "verify" : replace ? "replace" : "copy", checkpoint, problems, help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        verify: { type: "boolean" },
        replace: { type: "boolean" },
        checkpoint: { type: "string" },
        problems: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof TypeError ? error.message : "The options cannot be read.", { cause: error });
  }
}
