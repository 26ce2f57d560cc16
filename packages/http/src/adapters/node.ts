import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Answer } from "../answer.js";
import { type AcsAuthHandler, answererOf } from "../create-handler.js";
import { malformedRequest } from "../errors/malformed-request.js";
import { NodeCall } from "./node-call.js";
import { isWellFormed } from "./node-request-line.js";

/** A listener for `http.createServer` and `https.createServer`. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request as Node received it. */
export type Incoming = IncomingMessage | Http2ServerRequest;

type Outgoing = ServerResponse | Http2ServerResponse;

/** How long a body that nobody has read may go on arriving, so that its sender comes to see the answer. */
const DISCARD_IN_MS = 500;

/**
 * Serves the handler with Node's own HTTP server.
 *
 * @example
 * ```ts
 * createServer(toNodeListener(handler)).listen(5000);
 * ```
 */
export function toNodeListener(handler: AcsAuthHandler): NodeListener {
  const answer = answererOf(handler);
  return async (incoming, outgoing) => {
    send(isWellFormed(incoming) ? await answer(new NodeCall(incoming, outgoing)) : malformedRequest(), outgoing);
    discardBody(incoming);
  };
}

/** The path as it stands in the request line, with nothing decoded or normalized. */
export function pathOf({ url = "" }: Pick<Incoming, "url">): string {
  return url.replace(/^https?:\/\/[^/?]*/i, "").split("?", 1)[0] ?? "";
}

function send({ status, headers, body }: Answer, outgoing: Outgoing): void {
  if (body === null) outgoing.writeHead(status, headers).end();
  else outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function discardBody(incoming: Incoming): void {
  if (incoming.complete) return;
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), DISCARD_IN_MS).unref();
  incoming.once("close", () => clearTimeout(timer));
}
