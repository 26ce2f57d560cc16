import type { Incoming } from "./node.js";

/** The body still to be read, or what a parser such as `express.json()` has made of it. */
export function bodyOf(request: Request, incoming: Incoming): ReadableStream | Uint8Array<ArrayBuffer> | string | null {
  if (request.method === "GET" || request.method === "HEAD") return null;
  const parsed = "body" in incoming && incoming.readableDidRead ? incoming.body : undefined;
  if (parsed === undefined) return request.body;
  return typeof parsed === "string" || isBytes(parsed) ? parsed : JSON.stringify(parsed);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array;
}
