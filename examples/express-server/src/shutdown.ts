import type { Server } from "node:http";
import type { Logger } from "pino";

/** What one call of the service may take, clean-up included. */
const GRACE_IN_MS = 20_000;
const SWEEP_INTERVAL_IN_MS = 100;

/**
 * On SIGTERM and SIGINT: accepts nothing more, lets the requests in flight finish for up to 20 seconds, and exits with 0.
 * A second signal ends the process at once.
 */
export function shutDownOnSignal(server: Server, log: Logger): void {
  const shutDown = (signal: NodeJS.Signals) => {
    log.info({ signal }, "shutting down");
    process.off("SIGTERM", shutDown).off("SIGINT", shutDown);
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_INTERVAL_IN_MS);
    const end = setTimeout(() => server.closeAllConnections(), GRACE_IN_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      log.info("stopped");
      process.exit(0);
    });
  };
  process.on("SIGTERM", shutDown).on("SIGINT", shutDown);
}
