import { inspect } from "node:util";
import { AzureLogger, type AzureLogLevel, setLogLevel } from "@azure/logger";
import { afterEach, beforeEach } from "vitest";

/** What the Azure SDKs and acs-auth log in each test. */
export function captureLogs(level: AzureLogLevel): () => string[] {
  const original = AzureLogger.log;
  let lines: string[] = [];
  beforeEach(() => {
    lines = [];
    AzureLogger.log = (...args) =>
      void lines.push(args.map((arg) => (typeof arg === "string" ? arg : inspect(arg))).join(" "));
    setLogLevel(level);
  });
  afterEach(() => {
    AzureLogger.log = original;
    setLogLevel(undefined);
  });
  return () => lines;
}
