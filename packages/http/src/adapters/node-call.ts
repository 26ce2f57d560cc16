import { Buffer } from "node:buffer";
import type { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { boundedText } from "../bounded-text.js";
import type { HttpCall } from "../http-call.js";
import { type Incoming, pathOf } from "./node.js";
import { forgetSentBody, parsedBodyOf } from "./node-body.js";
import { hostOf } from "./node-request-line.js";

/** A call that arrived at Node's own server. Its Web-standard form, which costs more than all the rest, is made on demand. */
export class NodeCall implements HttpCall {
  readonly method: string;
  readonly path: string;
  readonly #incoming: Incoming;
  readonly #gone = new AbortController();
  #request: Request | undefined;
  #text: string | undefined;

  constructor(incoming: Incoming, outgoing: ServerResponse | Http2ServerResponse) {
    this.#incoming = incoming;
    this.method = incoming.method ?? "GET";
    this.path = pathOf(incoming);
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) this.#gone.abort();
    });
  }

  get abortSignal(): AbortSignal {
    return this.#gone.signal;
  }

  get request(): Request {
    this.#request ??= this.#toRequest();
    return this.#request;
  }

  header(name: string): string | undefined {
    const { rawHeaders } = this.#incoming;
    let values: string | undefined;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const candidate = rawHeaders[index];
      if (candidate?.length !== name.length || candidate.toLowerCase() !== name) continue;
      const value = rawHeaders[index + 1] ?? "";
      values = values === undefined ? value : `${values}, ${value}`;
    }
    return values;
  }

  async text(maxBytes: number): Promise<string> {
    this.#text ??= await boundedText(this.#body(), maxBytes);
    return this.#text;
  }

  #body(): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
    if (this.#request) return this.#request.body ?? [];
    const parsed = parsedBodyOf(this.#incoming);
    return parsed === undefined ? this.#incoming.iterator({ destroyOnReturn: false }) : [Buffer.from(parsed)];
  }

  #toRequest(): Request {
    const { method } = this;
    const hasBody = method !== "GET" && method !== "HEAD";
    const read = hasBody ? (this.#text ?? parsedBodyOf(this.#incoming)) : undefined;
    const request = new Request(this.#url(), {
      method,
      headers: this.#headers(),
      signal: this.abortSignal,
      ...(hasBody ? { body: read ?? Readable.toWeb(this.#incoming), duplex: "half" } : {}),
    });
    if (read !== undefined) forgetSentBody(request.headers);
    return request;
  }

  /**
   * A path that is a route only once it is normalized (`/api/user/../token`) is none of the handler's: a proxy or
   * middleware in front may have understood it differently.
   */
  #url(): URL {
    const { socket, url: target = "/" } = this.#incoming;
    const origin = `${"encrypted" in socket ? "https" : "http"}://${hostOf(this.#incoming)}`;
    const url = new URL(target, origin);
    return url.pathname === this.path ? url : new URL("/", origin);
  }

  #headers(): Headers {
    const { rawHeaders } = this.#incoming;
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? "";
      if (!name.startsWith(":")) headers.append(name, rawHeaders[index + 1] ?? "");
    }
    return headers;
  }
}
