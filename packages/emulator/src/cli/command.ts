import { styleText } from "node:util";
import { Command, InvalidArgumentError } from "commander";
import { version } from "../../package.json";
import { defaultCertificates, defaultPorts } from "../options.js";

export interface CliOptions {
  readonly entraPort: number;
  readonly communicationPort: number;
  readonly graphPort: number;
  readonly adminPort: number;
  readonly import?: string;
  /** True where the file is that of `import`. */
  readonly exportOnExit?: string | true;
  readonly certificates: string;
  readonly rateLimits?: true;
  readonly allowProduction?: true;
}

export const exitCodes = { failure: 1, usage: 2 };

const more = `
Examples:
  acs-auth-emulator                                       on the ports above
  acs-auth-emulator --entra-port 0 --graph-port 9445      on other ones
  acs-auth-emulator --import state.json --export-on-exit  go on where it stopped

Environment:
  ACS_AUTH_EMULATOR_CERTIFICATES  as --certificates
  NO_COLOR, FORCE_COLOR           no colours, colours; without them, colours on a terminal

Exit codes:
  0  stopped by Ctrl+C, SIGTERM or the end of its terminal
  1  it could not start, or not export its state
  2  an option makes no sense`;

/** The command line, ready for an action. */
export function createCommand(): Command {
  return new Command("acs-auth-emulator")
    .description("Entra ID, Microsoft Graph and Azure Communication Services (ACS) Identity on this machine.")
    .optionsGroup("Ports, 0 for any free one:")
    .option("--entra-port <port>", "Entra ID", readPort, defaultPorts.entra)
    .option("--communication-port <port>", "ACS Identity", readPort, defaultPorts.communication)
    .option("--graph-port <port>", "Microsoft Graph", readPort, defaultPorts.graph)
    .option("--admin-port <port>", "the emulator's page", readPort, defaultPorts.admin)
    .optionsGroup("State:")
    .option("--import <file>", "go on with the state in a file", readPath)
    .option(
      "--export-on-exit [file]",
      "keep the state in a file, by default that of --import; it holds private keys",
      readPath,
    )
    .option("--certificates <directory>", "keep the certificate authority there", readPath, defaultCertificates())
    .optionsGroup("Behaviour:")
    .option("--rate-limits", "enforce the documented rate limits of ACS Identity")
    .option("--allow-production", "start although NODE_ENV is production")
    .optionsGroup("About:")
    .version(version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show this")
    .addHelpText("after", more.replace(/^\w+.*:$/gm, heading))
    .configureHelp({ styleTitle: heading })
    .configureOutput({
      outputError: (text, write) =>
        write(text.replace(/^error:/, (word) => styleText("red", word, { stream: process.stderr }))),
    })
    .allowExcessArguments(false)
    .exitOverride();
}

function heading(text: string): string {
  return styleText("bold", text);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return port;
}

/** Empty is what a shell makes of a variable that is not set. */
function readPath(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must be a path.");
  return text;
}
