import { boundedText } from "./bounded-text.js";
import type { HttpCall } from "./http-call.js";

/** A call that arrived as a Web-standard request. */
export class WebCall implements HttpCall {
  readonly method: string;
  readonly path: string;
  readonly #request: Request;
  #text: string | undefined;

  constructor(request: Request) {
    this.#request = request;
    this.method = request.method;
    this.path = new URL(request.url).pathname;
  }

  get request(): Request {
    return this.#text === undefined ? this.#request : new Request(this.#request, { body: this.#text });
  }

  get abortSignal(): AbortSignal {
    return this.#request.signal;
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  async text(maxBytes: number): Promise<string> {
    this.#text ??= this.#request.body ? await boundedText(this.#request.body, maxBytes) : "";
    return this.#text;
  }
}
