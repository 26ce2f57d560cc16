import { styleText } from "node:util";
import { Command, CommanderError } from "commander";
import { printFailure } from "./failure.js";
import { onStderr } from "./style.js";

const FAILURE = 1;
const USAGE = 2;

/** A command line that explains itself; exit code 1 is a failure, 2 an option that makes no sense. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .helpOption("-h, --help", "show this")
    .configureHelp({ styleTitle: (text) => styleText("bold", text) })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, onStderr("red"))) })
    .allowExcessArguments(false)
    .exitOverride();
}

export async function runCommand(command: Command): Promise<void> {
  try {
    await command.parseAsync();
  } catch (error) {
    // Commander has reported what it throws.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    else {
      printFailure(error);
      process.exitCode = FAILURE;
    }
  }
}
