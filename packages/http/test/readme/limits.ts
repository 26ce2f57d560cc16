import { createServer } from "node:http";
import { type AcsAuthHandler, toNodeListener } from "@acs-auth/http";

export function start(handler: AcsAuthHandler): void {
  const limits = { maxHeaderSize: 32 * 1024, headersTimeout: 10_000, requestTimeout: 30_000 };
  createServer(limits, toNodeListener(handler)).listen(5000);
}
