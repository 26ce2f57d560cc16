import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, type Http2Bindings, type HttpBindings, RequestError } from "@hono/node-server";
import type { AcsAuthHandler } from "../create-handler.js";
import { INTERNAL_ERROR, MALFORMED_REQUEST, problemResponse } from "../errors/problem.js";
import { commonHeaders } from "../response-headers.js";
import { bodyOf } from "./node-body.js";

/** A listener for `http.createServer` and `https.createServer`. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request as Node received it. */
export type Incoming = (HttpBindings | Http2Bindings)["incoming"];

/**
 * Serves the handler with Node's own HTTP server.
 *
 * @example
 * ```ts
 * createServer(toNodeListener(handler)).listen(5000);
 * ```
 */
export function toNodeListener(handler: AcsAuthHandler): NodeListener {
  return getRequestListener((request, { incoming }) => handler(toWebRequest(request, incoming, handler)), {
    hostname: "localhost",
    overrideGlobalObjects: false,
    errorHandler: answerFailure,
  });
}

/** The path as it stands in the request line, with nothing decoded or normalized. */
export function pathOf({ url = "" }: Pick<Incoming, "url">): string {
  return url.replace(/^https?:\/\/[^/?]*/i, "").split("?", 1)[0] ?? "";
}

/**
 * A genuine `Request`, which hooks can clone and pass on. A path that is a route only once it is normalized
 * (`/api/user/../token`) is none of the handler's: a proxy or middleware in front may have understood it differently.
 */
function toWebRequest(request: Request, incoming: Incoming, handler: AcsAuthHandler): Request {
  const { method, headers, signal } = request;
  const url = handler.handles(pathOf(incoming)) ? request.url : new URL("/", request.url);
  try {
    return new Request(url, { method, headers, signal, body: bodyOf(request, incoming), duplex: "half" });
  } catch (cause) {
    throw new RequestError("The request has no Web-standard form.", { cause });
  }
}

function answerFailure(error: unknown): Response {
  const requestId = crypto.randomUUID();
  const response = problemResponse(error instanceof RequestError ? MALFORMED_REQUEST : INTERNAL_ERROR, requestId);
  for (const [name, value] of Object.entries(commonHeaders(requestId))) response.headers.set(name, value);
  return response;
}
