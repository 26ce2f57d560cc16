import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, type Http2Bindings, type HttpBindings, RequestError } from "@hono/node-server";
import type { AcsAuthHandler } from "../create-handler.js";
import { INTERNAL_ERROR, MALFORMED_REQUEST, problemResponse } from "../errors/problem.js";
import { commonHeaders } from "../response-headers.js";
import { forgetSentBody, parsedBodyOf } from "./node-body.js";

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
  if (hostsOf(incoming) > 1) throw new RequestError("The request has several Host headers.");
  const { method, headers, signal } = request;
  const url = handler.handles(pathOf(incoming)) ? request.url : new URL("/", request.url);
  const hasBody = method !== "GET" && method !== "HEAD";
  const parsed = hasBody ? parsedBodyOf(incoming) : undefined;
  try {
    const body = parsed ?? (hasBody ? request.body : null);
    const webRequest = new Request(url, { method, headers, signal, body, duplex: "half" });
    if (parsed !== undefined) forgetSentBody(webRequest.headers);
    return webRequest;
  } catch (cause) {
    throw new RequestError("The request has no Web-standard form.", { cause });
  }
}

/** Node takes the first of several; a proxy in front may have taken another (RFC 9112 section 3.2). */
function hostsOf({ rawHeaders }: Incoming): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
}

function answerFailure(error: unknown): Response {
  const requestId = crypto.randomUUID();
  const response = problemResponse(error instanceof RequestError ? MALFORMED_REQUEST : INTERNAL_ERROR, requestId);
  for (const [name, value] of Object.entries(commonHeaders(requestId))) response.headers.set(name, value);
  return response;
}
