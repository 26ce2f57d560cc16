import { createServer } from "node:http";
import { type AcsAuthHandler, toNodeListener } from "@acs-auth/http";

export function start(handler: AcsAuthHandler): void {
  createServer(toNodeListener(handler)).listen(5000);
}
