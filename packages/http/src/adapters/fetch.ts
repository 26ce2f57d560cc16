import type { AcsAuthHandler } from "../create-handler.js";
import { answer } from "./web-standard.js";

/** Answers requests as servers on Web standards pass them on. Never rejects. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Serves the handler with Bun, Deno and other servers on Web standards. Unlike the handler itself, it is made for
 * requests that nobody has looked at: it refuses those without a well-formed URL or with several `Host` headers (400),
 * and does not take encoded paths such as `/api/%75ser` for routes (404).
 *
 * @example
 * ```ts
 * export default { fetch: toFetch(handler) };
 * ```
 */
export function toFetch(handler: AcsAuthHandler): FetchHandler {
  return (request) => answer(handler, request, request.body);
}
