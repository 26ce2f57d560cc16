import { resolve } from "node:path";
import type { EmulatorPorts } from "../options.js";
import { CliFailure } from "./failure.js";
import { serviceOnPort } from "./services.js";
import { isSystemError, reasonOf } from "./system-error.js";
import type { Row } from "./table.js";

export interface StartOptions {
  readonly ports: Required<EmulatorPorts>;
  readonly certificates: string;
}

/** Below it, most systems want a privileged process. */
const firstFreePort = 1024;

/** Why the emulator did not start, with what to do where that is known. */
export function explainStart(error: unknown, { ports, certificates }: StartOptions): unknown {
  if (!(error instanceof Error)) return error;
  if (isSystemError(error.cause) && "port" in error.cause) {
    return explainPort(error.cause, Number(error.cause.port), ports);
  }
  // The only files that it opens.
  return isSystemError(error) ? explainCertificates(error, certificates) : error;
}

function explainPort(cause: NodeJS.ErrnoException, port: number, ports: Required<EmulatorPorts>): CliFailure {
  const { name, option } = serviceOnPort(port, ports);
  const otherPort: Row = ["Use another port", `${option} ${port < 60_000 ? port + 1000 : port - 1000}`];
  const failure = (reason: string, ...advice: readonly Row[]) =>
    new CliFailure(`${name} cannot start: ${reason}.`, advice, cause);

  if (cause.code === "EADDRINUSE") {
    const show: Row = ["See what uses it", commandThatShowsPort(port)];
    return failure(`port ${port} is already in use`, [...otherPort, "0 takes any free one"], show);
  }
  if (cause.code === "EACCES" && port < firstFreePort) {
    return failure(`port ${port} needs more rights than this process has`, [
      "Use a port from 1024 on",
      `${option} ${port + 8000}`,
    ]);
  }
  if (cause.code === "EACCES") return failure(`the system keeps port ${port} to itself`, otherPort);
  return failure(cause.message, otherPort);
}

export function commandThatShowsPort(port: number, platform: NodeJS.Platform = process.platform): string {
  if (platform === "win32") return `netstat -ano | findstr :${port}`;
  if (platform === "linux") return `ss -ltnp 'sport = :${port}'`;
  return `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}

function explainCertificates(error: NodeJS.ErrnoException, certificates: string): CliFailure {
  const directory = resolve(certificates);
  return new CliFailure(
    `The certificate directory ${directory} cannot be used: ${reasonOf(error)}.`,
    [
      ["Use another one", "--certificates <directory>", "or the variable ACS_AUTH_EMULATOR_CERTIFICATES"],
      ["See its rights", process.platform === "win32" ? `icacls "${directory}"` : `ls -ld '${directory}'`],
    ],
    error,
  );
}
