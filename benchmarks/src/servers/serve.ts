import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expose } from "../processes/expose.js";
import type { Settings } from "../upstream/upstream.js";

/** What a server's process has used since it began. */
export interface Usage {
  readonly cpuInMs: number;
  readonly peakRssInBytes: number;
}

/** One of the compared servers in a process of its own. */
export type ServerOperations<O> = {
  /** @returns the port. */
  start(settings: Settings, options: O): Promise<number>;
  usage(): Usage;
};

const LIMITS = { maxHeaderSize: 32 * 1024, keepAliveTimeout: 60_000 };

/** Serves what `create` makes over HTTP, for the process that forked this one. */
export function serve<O>(create: (settings: Settings, options: O) => RequestListener): void {
  expose({
    async start(settings, options) {
      const server = createServer(LIMITS, create(settings, options));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      return port;
    },
    usage() {
      const { user, system } = process.cpuUsage();
      return { cpuInMs: (user + system) / 1000, peakRssInBytes: process.resourceUsage().maxRSS * 1024 };
    },
  } satisfies ServerOperations<O>);
}
