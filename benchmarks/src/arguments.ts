import { parseArgs } from "node:util";
import { LOAD_SCENARIOS, OTHER_SCENARIOS } from "./run/scenarios.js";

export interface Arguments {
  readonly quick: boolean;
  readonly charts: boolean;
  readonly help: boolean;
  /** Where the results go as JSON. */
  readonly json: string | undefined;
  /** The ids of the scenarios to run. */
  readonly only: ReadonlySet<string>;
}

const IDS: readonly string[] = [...LOAD_SCENARIOS.map(({ id }) => id), ...OTHER_SCENARIOS];

export const USAGE = `Usage: pnpm bench [--quick] [--charts] [--json <file>] [--only <scenario>]...

Compares acs-auth with the steps of Microsoft's sample server, and prints which targets are met.

  --quick             one round with fewer users, in under 2 minutes (default: three rounds, in under 10)
  --charts            writes results.json and charts to benchmarks/results/
  --json <file>       writes the results as JSON
  --only <scenario>   runs this scenario alone; may be repeated
  --help              shows this

Scenarios:
${IDS.map((id) => `  ${id}`).join("\n")}

Exit code: 0 if every target that was measured is met, 1 if not, 2 for a wrong option.
`;

/** Something is wrong with the options. */
export class UsageError extends Error {}

/** @throws UsageError that says which option is wrong. */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const only = values.only ?? [];
  const unknown = only.find((id) => !IDS.includes(id));
  if (unknown !== undefined) throw new UsageError(`There is no scenario ${unknown}. There are: ${IDS.join(", ")}.`);
  const { quick = false, charts = false, help = false, json } = values;
  if (charts && (quick || only.length > 0))
    throw new UsageError("--charts shows a whole run: leave --quick and --only out.");
  return { quick, charts, help, json, only: new Set(only.length > 0 ? only : IDS) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean" },
        charts: { type: "boolean" },
        json: { type: "string" },
        only: { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
