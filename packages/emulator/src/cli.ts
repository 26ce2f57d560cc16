#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { version } from "../package.json";
import { describeEmulator } from "./describe-emulator.js";
import { documentedRateLimits, type Emulator, startEmulator } from "./index.js";
import { defaultCertificates, defaultPorts } from "./options.js";

interface CliOptions {
  readonly entraPort: number;
  readonly communicationPort: number;
  readonly graphPort: number;
  readonly adminPort: number;
  readonly certificates: string;
  readonly rateLimits: boolean;
  readonly allowProduction: boolean;
}

const exitCodes = { failure: 1, usage: 2 };

const command = new Command("acs-auth-emulator")
  .description(
    "Entra ID, Microsoft Graph and Azure Communication Services Identity on this machine, for development and tests.",
  )
  .version(version)
  .option("--entra-port <port>", "port of Entra ID, 0 for any free one", readPort, defaultPorts.entra)
  .option("--communication-port <port>", "port of ACS Identity", readPort, defaultPorts.communication)
  .option("--graph-port <port>", "port of Microsoft Graph", readPort, defaultPorts.graph)
  .option("--admin-port <port>", "port of the admin endpoint", readPort, defaultPorts.admin)
  .option("--certificates <directory>", "where the certificate authority is kept", defaultCertificates())
  .option("--rate-limits", "enforce the documented rate limits of ACS Identity", false)
  .option("--allow-production", "start although NODE_ENV is production", false)
  .allowExcessArguments(false)
  .exitOverride()
  .action(run);

try {
  await command.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}

async function run(options: CliOptions): Promise<void> {
  const emulator = await startEmulator({
    ports: {
      entra: options.entraPort,
      communication: options.communicationPort,
      graph: options.graphPort,
      admin: options.adminPort,
    },
    certificates: options.certificates,
    communication: options.rateLimits ? { rateLimits: documentedRateLimits } : {},
    allowProduction: options.allowProduction,
  });
  process.stdout.write(describeEmulator(emulator, version));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(emulator));
}

async function stop(emulator: Emulator): Promise<void> {
  await emulator.close();
  process.stdout.write("\nStopped.\n");
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return port;
}

/** Commander has reported what it throws. */
function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
  return exitCodes.failure;
}
