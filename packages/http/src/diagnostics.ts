import { createClientLogger } from "@azure/logger";

/** Shown with `AZURE_LOG_LEVEL`. Carries no token, id of a person, id of an identity or part of a URL. */
export const logger = createClientLogger("acs-auth:http");

/** The class and the status of what a known error was caused by: its message may hold anything. */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return "no cause";
  const status =
    "statusCode" in cause && typeof cause.statusCode === "number" ? ` with status ${cause.statusCode}` : "";
  return `caused by ${cause.constructor.name}${status}`;
}

/** An unexpected error without its message, which may hold anything: its class, and where it was thrown. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.constructor.name, ...frames].join("\n");
}
