import { describeError, logger } from "./diagnostics.js";
import type { AcsAuthHandlerOptions, RequestSummary } from "./options.js";

/** Logs an answered request and tells the application of it. */
export function report(onResponse: AcsAuthHandlerOptions["onResponse"], summary: RequestSummary): void {
  const { method, route = "(unknown path)", status, code = "-", durationInMs, requestId } = summary;
  if (logger.info.enabled) logger.info(`${method} ${route} ${status} ${code} ${durationInMs} ms ${requestId}`);
  try {
    onResponse?.(summary);
  } catch (error) {
    logger.error(`onResponse threw in request ${requestId}: ${describeError(error)}`);
  }
}
