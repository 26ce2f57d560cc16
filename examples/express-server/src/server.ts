import { createServer, type Server } from "node:http";
import { createHandler } from "./acs-auth.js";
import { createApp } from "./app.js";
import { type Config, readConfig } from "./config/config.js";
import { ConfigurationError } from "./config/problems.js";
import { createLog } from "./log.js";
import { shutDownOnSignal } from "./shutdown.js";

const LIMITS = {
  // Room for two access tokens: the caller's and the Teams user's.
  maxHeaderSize: 32 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
};

try {
  start(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function start(config: Config): void {
  const log = createLog(config.logLevel);
  const handler = createHandler(config, (request) => log.info(request, "request"));
  const server = createServer(LIMITS, createApp(handler, log));
  server.once("error", ({ name, code }: NodeJS.ErrnoException) => {
    log.fatal({ error: name, code, port: config.port }, "cannot listen");
    process.exit(1);
  });
  server.listen(config.port, config.host, () => log.info({ url: urlOf(server) }, "listening"));
  shutDownOnSignal(server, log);
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") return String(address);
  const { address: ip, family, port } = address;
  if (["::", "0.0.0.0", "127.0.0.1"].includes(ip)) return `http://localhost:${port}`;
  return `http://${family === "IPv6" ? `[${ip}]` : ip}:${port}`;
}
