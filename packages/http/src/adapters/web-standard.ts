import { toResponse } from "../answer.js";
import type { AcsAuthHandler } from "../create-handler.js";
import { malformedRequest } from "../errors/malformed-request.js";
import { pathOf } from "./node.js";

/** What the requests of all frameworks on Web standards have in common. */
export interface WebRequest {
  /** Absolute. */
  readonly url: string;
  /** As the client sent it. */
  readonly method: string;
  /** With one `Host` at most: any more is answered 400. */
  readonly headers: Headers;
  /** Fires when the client is gone. Absent where the framework cannot tell. */
  readonly signal?: AbortSignal;
}

/** The body of a request, or what has been read of it already. */
export type WebBody = Request["body"] | ArrayBuffer;

/** Has the handler answer a request of any framework on Web standards. */
export async function answer(handler: AcsAuthHandler, request: WebRequest, body: WebBody): Promise<Response> {
  const genuine = toGenuineRequest(handler, request, body);
  return genuine ? handler(genuine) : toResponse(malformedRequest());
}

/**
 * A genuine `Request`, which hooks can clone and pass on; `undefined` where there can be none. As with Node, there may be
 * but one `Host`, and a path that is a route only once it is decoded or normalized is none of the handler's.
 */
function toGenuineRequest(handler: AcsAuthHandler, request: WebRequest, body: WebBody): Request | undefined {
  const { url, method, headers, signal = null } = request;
  if (headers.get("host")?.includes(",")) return undefined;
  try {
    const target = handler.handles(pathOf({ url })) ? url : new URL("/", url);
    return new Request(target, { method, headers, signal, body, duplex: "half" });
  } catch {
    return undefined;
  }
}
