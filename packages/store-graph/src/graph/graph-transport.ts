import {
  AuthenticationHandler,
  AuthenticationHandlerOptions,
  Client,
  type GraphRequest,
  HTTPMessageHandler,
  ResponseType,
  TelemetryHandler,
} from "@microsoft/microsoft-graph-client";
import { GraphFailure } from "./graph-failure.js";

export interface GraphTransportOptions {
  readonly endpoint: URL;
  /** How long one request may take. */
  readonly requestTimeoutInMs: number;
}

export interface GraphCall {
  readonly method: "GET" | "POST" | "DELETE";
  /** From the version on, such as `/me/extensions`; its segments are encoded. */
  readonly path: string;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * Sends single requests through Microsoft's Graph client: no retries and no redirects, so that what a request came to
 * is known, and every request with the token that it is given.
 */
export class GraphTransport {
  readonly #client: Client;
  readonly #timeoutInMs: number;

  constructor({ endpoint, requestTimeoutInMs }: GraphTransportOptions) {
    this.#timeoutInMs = requestTimeoutInMs;
    this.#client = Client.initWithMiddleware({
      baseUrl: endpoint.href,
      customHosts: new Set([endpoint.hostname]),
      fetchOptions: { redirect: "error" },
      middleware: [
        new AuthenticationHandler({ getAccessToken: () => Promise.reject(new Error("A request came without token.")) }),
        new TelemetryHandler(),
        new HTTPMessageHandler(),
      ],
    });
  }

  /**
   * The body of a successful answer; `undefined` if it has none.
   *
   * @throws GraphFailure for every other outcome; the signal's reason if it aborted.
   */
  async send(call: GraphCall): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.#timeoutInMs);
    const { response, text } = await this.#exchange(call, AbortSignal.any([call.signal, timeout])).catch(() => {
      call.signal.throwIfAborted();
      throw GraphFailure.noAnswer(timeout.aborted);
    });
    const content = parseJson(text);
    if (!response.ok) throw GraphFailure.refusal(response, content);
    if (text !== "" && content === undefined) throw GraphFailure.unintelligible(response);
    return content;
  }

  async #exchange(call: GraphCall, signal: AbortSignal): Promise<{ response: Response; text: string }> {
    const request = this.#client
      .api(call.path)
      .options({ signal })
      .middlewareOptions([new AuthenticationHandlerOptions({ getAccessToken: async () => call.token })])
      .responseType(ResponseType.RAW);
    const response: Response = await sendBy(call, request);
    return { response, text: await response.text() };
  }
}

function sendBy({ method, body }: GraphCall, request: GraphRequest): Promise<Response> {
  if (method === "POST") return request.post(body);
  return method === "GET" ? request.get() : request.delete();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
