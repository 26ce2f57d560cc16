import type { Incoming } from "./node.js";

/** What a parser such as `express.json()` has made of the body, if one has read it. */
export function parsedBodyOf(incoming: Incoming): Uint8Array<ArrayBuffer> | string | undefined {
  const parsed = "body" in incoming && incoming.readableDidRead ? incoming.body : undefined;
  if (parsed === undefined) return undefined;
  return typeof parsed === "string" || isBytes(parsed) ? parsed : JSON.stringify(parsed);
}

/** The parser may have inflated the body: the headers that describe it are no longer true. */
export function forgetSentBody(headers: Headers): void {
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array;
}
