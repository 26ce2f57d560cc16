import type { Fault } from "../../../../src/server/faults.js";
import { serviceTitles } from "../../data/services.js";

/** What a fault does, in words. */
export function faultText({ delayInMs, status, code, retryAfterInSeconds, connection, stage }: Fault): string {
  const parts = [
    delayInMs !== undefined && `waits ${delayInMs} ms`,
    status !== undefined && `answers ${status}${code === undefined ? "" : ` ${code}`}`,
    retryAfterInSeconds !== undefined && `with Retry-After ${retryAfterInSeconds}`,
    connection === "hang" && "never answers",
    connection === "reset" && (stage === "after" ? "loses the reply" : "cuts the connection"),
    stage === "after" && "after the effect",
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** Which requests a fault strikes, in words. */
export function targetText({ service, method, path, after, times }: Fault): string {
  const parts = [
    service === undefined ? "every service" : serviceTitles[service],
    `${method ?? "every method"} ${path ?? "on every path"}`,
    after && (after === 1 ? "after 1 request" : `after ${after} requests`),
    times !== undefined && (times === 1 ? "once" : `${times} times`),
  ];
  return parts.filter(Boolean).join(", ");
}
