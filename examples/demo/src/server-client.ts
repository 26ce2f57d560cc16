/** A reply of the example server. */
export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls the example server as the signed-in user and insists on the expected status. */
export class ServerClient {
  readonly #url: string;
  readonly #accessToken: string;

  constructor(url: string, accessToken: string) {
    this.#url = url;
    this.#accessToken = accessToken;
  }

  async call(method: string, path: string, expected: number, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: { authorization: `Bearer ${this.#accessToken}`, ...headers },
    });
    const text = await response.text();
    const body: Record<string, unknown> = text ? JSON.parse(text) : {};
    if (response.status !== expected) {
      throw new Error(`${method} ${path} answered ${response.status} (${body["code"]}) instead of ${expected}.`);
    }
    return { status: response.status, body };
  }
}
