import { createRequire } from "node:module";
import { format } from "node:util";
import type { AzureLogLevel } from "@azure/logger";
import * as azureLogger from "@azure/logger";
import { type Logger, pino } from "pino";

/** A safety net: nothing of the kind is logged in the first place. */
const SECRET_MEMBERS = [
  "authorization",
  "token",
  "accessToken",
  "teamsUserAadToken",
  "connectionString",
  "clientSecret",
  "communicationUserId",
];

const AZURE_LINE = /^(\S+):(error|warning|info|verbose) ([\s\S]*)$/;
/** The Azure SDKs log the URLs of their requests, which hold the id of an identity. */
const IDENTITY_ID = /8(?::|%3A)acs(?::|%3A)[\w-]+/gi;
/** What `@azure/identity` makes the SDKs' core say of it for each user of Microsoft Graph; nobody here can change it. */
const NOISE = "The baseUri option for SDK Clients has been deprecated";
/** Some Azure SDKs load the logger as an ES module and some as CommonJS; each copy has settings of its own. */
const AZURE_LOGGERS: readonly (typeof azureLogger)[] = [azureLogger, createRequire(import.meta.url)("@azure/logger")];
const PINO_LEVELS = { error: "error", warning: "warn", info: "info", verbose: "debug" } as const;

/** JSON lines on stdout; the logs of the Azure SDKs and of acs-auth, and Node's warnings, go there too. */
export function createLog(azureLogLevel: AzureLogLevel): Logger {
  const log = pino(
    {
      level: azureLogLevel === "verbose" ? "debug" : "info",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`]),
    },
    // Lines stand in the order of events, the last ones before the exit included.
    pino.destination({ dest: process.stdout.fd, sync: true }),
  );
  logAzure(log, azureLogLevel);
  logWarnings(log);
  return log;
}

function logAzure(log: Logger, level: AzureLogLevel): void {
  for (const { AzureLogger, setLogLevel } of AZURE_LOGGERS) {
    setLogLevel(level);
    AzureLogger.log = (...parts: unknown[]) => {
      const line = format(...parts).replace(IDENTITY_ID, "8:acs:REDACTED");
      if (line.includes(NOISE)) return;
      const [, namespace, severity, message = line] = AZURE_LINE.exec(line) ?? [];
      log[isSeverity(severity) ? PINO_LEVELS[severity] : "info"]({ logger: namespace }, message);
    };
  }
}

function isSeverity(value: string | undefined): value is AzureLogLevel {
  return value !== undefined && value in PINO_LEVELS;
}

/** In place of Node's own listener, which prints to stderr. */
function logWarnings(log: Logger): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    log.warn({ logger: warning.name, code: "code" in warning ? warning.code : undefined }, warning.message);
  });
}
