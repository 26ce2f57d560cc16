import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { RequestLog } from "../server/request-log.js";

/** The newest requests, and how they change. */
export function logRoutes(log: RequestLog): Hono {
  return new Hono()
    .get("/", (c) => c.json(log.list()))
    .delete("/", (c) => {
      log.clear();
      return c.body(null, 204);
    })
    .get("/stream", (c) =>
      streamSSE(c, async (stream) => {
        const closed = new AbortController();
        stream.onAbort(() => closed.abort());
        let cursor = 0;
        while (!closed.signal.aborted) {
          const changes = log.since(cursor);
          await stream.writeSSE({ data: JSON.stringify(changes) });
          cursor = changes.cursor;
          await log.changed(cursor, closed.signal).catch(() => closed.abort());
        }
      }),
    );
}
