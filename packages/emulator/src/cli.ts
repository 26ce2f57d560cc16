#!/usr/bin/env node
import { styleText } from "node:util";
import { CommanderError } from "commander";
import { version } from "../package.json";
import { type CliOptions, createCommand, exitCodes } from "./cli/command.js";
import { describeFailure } from "./cli/failure.js";
import { portTwice } from "./cli/services.js";
import { explainStart } from "./cli/start-failure.js";
import { checkExport, exportStateFile, importStateText, readStateFile } from "./cli/state-file.js";
import { stopSignal } from "./cli/stop-signal.js";
import { describeEmulator } from "./describe-emulator.js";
import { documentedRateLimits, type Emulator, startEmulator } from "./index.js";

const command = createCommand().action(run);
// Where nobody reads on, such as behind `| head` or a closed terminal, the emulator goes on, and its state is kept.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  await command.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}

async function run(options: CliOptions): Promise<void> {
  const { importFile, exportFile } = stateFiles(options);
  if (exportFile !== undefined) await checkExport(exportFile);
  const state = importFile === undefined ? undefined : await readStateFile(importFile, importFile === exportFile);
  const emulator = await start(options);
  try {
    if (importFile !== undefined && state !== undefined) await importStateText(emulator, importFile, state);
    const stopped = stopSignal();
    process.stdout.write(describeEmulator(emulator, version));
    process.stdout.write(footer(state === undefined ? undefined : importFile, exportFile));
    await stopped;
    process.stdout.write("\nStopping…\n");
  } finally {
    await emulator.close();
  }
  if (exportFile !== undefined) {
    await exportStateFile(emulator, exportFile);
    process.stdout.write(`The state is in ${exportFile}.\n`);
  }
  process.stdout.write("Stopped.\n");
}

function stateFiles({ import: importFile, exportOnExit }: CliOptions) {
  if (exportOnExit !== true) return { importFile, exportFile: exportOnExit };
  if (importFile === undefined) usageError("option '--export-on-exit' needs a file unless there is '--import'");
  return { importFile, exportFile: importFile };
}

function footer(importedFile: string | undefined, exportFile: string | undefined): string {
  const lines = [
    ...(importedFile === undefined ? [] : [`It goes on with the state in ${importedFile}.`]),
    `Stop with Ctrl+C${exportFile === undefined ? "" : `, which keeps the state in ${exportFile}`}.`,
  ];
  return `\n${lines.map((line) => `  ${styleText("dim", line)}\n`).join("")}`;
}

async function start(options: CliOptions): Promise<Emulator> {
  const { entraPort: entra, communicationPort: communication, graphPort: graph, adminPort: admin } = options;
  const ports = { entra, communication, graph, admin };
  const twice = portTwice(ports);
  if (twice) usageError(`options '${twice[0].option}' and '${twice[1].option}' name the same port`);
  try {
    return await startEmulator({
      ports,
      certificates: options.certificates,
      communication: options.rateLimits ? { rateLimits: documentedRateLimits } : {},
      allowProduction: options.allowProduction ?? false,
    });
  } catch (error) {
    throw explainStart(error, { ports, certificates: options.certificates });
  }
}

function usageError(message: string): never {
  return command.error(`error: ${message}`);
}

/** Commander has reported what it throws. */
function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  process.stderr.write(describeFailure(error));
  return exitCodes.failure;
}
