import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Fault } from "./faults.js";
import { redactBody, redactHeader, redactUrl } from "./redaction.js";
import type { ServiceName } from "./request-counters.js";
import type { LoggedMessage, LoggedResponse, RequestLog } from "./request-log.js";

const maximumBodyInBytes = 8 * 1024;

export interface ReceivedRequest {
  readonly service: ServiceName;
  readonly request: Request;
  /** What strikes it, if anything. */
  readonly fault: Fault | undefined;
}

/**
 * Has a request handled and keeps both sides in the log. Of the request's body, only what the handler reads is seen;
 * the response's body must have an end.
 */
export async function recordRequest(
  log: RequestLog,
  { service, request, fault }: ReceivedRequest,
  handle: (request: Request) => Promise<Response> | Response,
): Promise<Response> {
  const start = performance.now();
  const { pathname, search } = new URL(request.url);
  const entry = log.add({
    time: new Date().toISOString(),
    service,
    method: request.method,
    path: redactUrl(pathname + search),
    request: messageOf(request, undefined),
    ...(fault && { fault }),
  });
  const body = new BodyCopy();
  const end = (response?: LoggedResponse) =>
    log.replace({
      ...entry,
      request: messageOf(request, body.bytes()),
      durationInMs: performance.now() - start,
      ...(response && { response }),
    });

  try {
    const response = await handle(request.body ? withBody(request, body.of(request.body)) : request);
    if (response === RESPONSE_ALREADY_SENT) {
      end();
      return response;
    }
    const bytes = response.body ? await response.arrayBuffer() : undefined;
    end({ status: response.status, ...messageOf(response, bytes && Buffer.from(bytes)) });
    return bytes ? new Response(bytes, response) : response;
  } catch (error) {
    end({ status: 500, headers: [] });
    throw error;
  }
}

/** The beginning of a body, copied while somebody else reads it. */
class BodyCopy {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** Reads from the original only what is read from the result. */
  of(original: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = original.getReader();
    return new ReadableStream(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          if (this.#length <= maximumBodyInBytes) this.#chunks.push(value);
          this.#length += value.byteLength;
          controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function withBody(request: Request, body: ReadableStream<Uint8Array>): Request {
  return new Request(request, { body, duplex: "half" });
}

function messageOf({ headers }: Request | Response, bytes: Buffer | undefined): LoggedMessage {
  const redacted = [...headers].map(([name, value]) => [name, redactHeader(name, value)] as const);
  if (!bytes?.length) return { headers: redacted };
  const text = bytes.subarray(0, maximumBodyInBytes).toString();
  return {
    headers: redacted,
    body: redactBody(text, headers.get("Content-Type") ?? ""),
    ...(bytes.length > maximumBodyInBytes && { bodyIsCut: true }),
  };
}
