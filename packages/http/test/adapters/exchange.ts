import { type ClientRequest, request } from "node:http";
import { setTimeout as delay, setImmediate } from "node:timers/promises";
import type { Case } from "./cases.js";

/** What the handler is answerable for; frameworks and servers add headers of their own. */
const OWN_HEADERS = [
  /^(?:allow|cache-control|content-type|retry-after|www-authenticate|x-content-type-options|x-request-id)$/,
  /^access-control-/,
];
const REQUEST_ID = "request-1";
const PIECE_LENGTH = 64 * 1024;
const NEW_REQUEST_ID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;

export interface Answer {
  readonly status: number;
  /** Without those of the framework and the server. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Exchange extends Pick<Case, "method" | "path" | "headers" | "body"> {
  /** The `Host` headers. */
  readonly hosts?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Sends exactly this request line and these headers. */
export function exchange(
  port: number,
  { method, path, hosts = ["api.example"], ...others }: Exchange,
): Promise<Answer> {
  const { body, headers = {}, signal } = others;
  const sent = { "x-request-id": REQUEST_ID, connection: "close", ...headers };
  const length =
    body === undefined || "transfer-encoding" in headers ? [] : ["content-length", String(Buffer.byteLength(body))];
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      method,
      path,
      agent: false,
      headers: [...hosts.flatMap((host) => ["host", host]), ...Object.entries(sent).flat(), ...length],
      ...(signal ? { signal } : {}),
    });
    outgoing.on("error", reject).on("response", (response) => {
      let text = "";
      response
        .setEncoding("utf8")
        .on("error", reject)
        .on("data", (chunk: string) => {
          text += chunk;
        });
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: ownOf(response.headers), text });
        outgoing.destroy();
      });
    });
    send(outgoing, body).catch(reject);
  });
}

/** Sends a long body in pieces, and no more of it once it is answered: the server may close without reading the rest. */
async function send(outgoing: ClientRequest, body = ""): Promise<void> {
  let isAnswered = false;
  outgoing.once("response", () => {
    isAnswered = true;
  });
  let rest = body;
  while (rest.length > PIECE_LENGTH && !isAnswered && !outgoing.destroyed) {
    outgoing.write(rest.slice(0, PIECE_LENGTH));
    rest = rest.slice(PIECE_LENGTH);
    await delay(1);
    // After the event loop has read what has come.
    await setImmediate();
  }
  if (!isAnswered) outgoing.end(rest);
}

function ownOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => OWN_HEADERS.some((pattern) => pattern.test(name)));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

/** With every id that the server has given itself replaced. */
export function withoutNewIds({ status, headers, text }: Answer): Answer {
  const { "x-request-id": requestId = "" } = headers;
  const known = { ...headers, "x-request-id": requestId.replace(NEW_REQUEST_ID, "new") };
  return { status, headers: known, text: text.replace(NEW_REQUEST_ID, "new") };
}
