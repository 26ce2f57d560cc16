import type { AcsAuthHandler } from "../create-handler.js";
import { type FetchHandler, toFetch } from "./fetch.js";

/** What a `route.ts` of Next.js exports. */
export type NextRouteHandlers = Readonly<
  Record<"GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS", FetchHandler>
>;

/**
 * Serves the handler's routes with Next.js. Next.js itself answers the methods that the file does not export, and paths
 * where there is no file. Below a folder, give the handler the same `basePath`.
 *
 * @example
 * ```ts
 * // app/api/[...path]/route.ts
 * export const { GET, HEAD, POST, DELETE, OPTIONS } = toNextRouteHandlers(handler);
 * ```
 */
export function toNextRouteHandlers(handler: AcsAuthHandler): NextRouteHandlers {
  const answer = toFetch(handler);
  return { GET: answer, HEAD: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: answer };
}
