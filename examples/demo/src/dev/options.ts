import { type Command, InvalidArgumentError, Option } from "commander";
import { createCommand } from "../console/run-command.js";
import { PARTS, type Part, type Ports } from "./parts.js";

export interface DevOptions {
  readonly ports: Ports;
  readonly open: boolean;
}

interface CommandOptions {
  readonly pagePort: number;
  readonly port: number;
  readonly entraPort: number;
  readonly communicationPort: number;
  readonly graphPort: number;
  readonly adminPort: number;
  readonly open: boolean;
}

const MORE = `
Exit codes:
  0  stopped by Ctrl+C or SIGTERM
  1  something could not start, or ended by itself
  2  an option makes no sense`;

/** The command line of `pnpm dev`. */
export function devCommand(run: (options: DevOptions) => Promise<void>): Command {
  return createCommand("pnpm dev", "The emulator, the example server and the Teams page, until you press Ctrl+C.")
    .optionsGroup("Ports:")
    .addOption(portOption("page"))
    .addOption(portOption("server").env("PORT"))
    .addOption(portOption("entra"))
    .addOption(portOption("communication"))
    .addOption(portOption("graph"))
    .addOption(portOption("admin"))
    .optionsGroup("Browser:")
    .option("--no-open", "do not open the Teams page")
    .optionsGroup("About:")
    .addHelpText("after", MORE)
    .action(({ open, ...ports }: CommandOptions) =>
      run({
        ports: {
          page: ports.pagePort,
          server: ports.port,
          entra: ports.entraPort,
          communication: ports.communicationPort,
          graph: ports.graphPort,
          admin: ports.adminPort,
        },
        open,
      }),
    );
}

function portOption(part: Part): Option {
  const { option, name, port } = PARTS[part];
  return new Option(`${option} <port>`, name).argParser(readPort).default(port);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError("It must be a number from 1 to 65535.");
  }
  return port;
}
