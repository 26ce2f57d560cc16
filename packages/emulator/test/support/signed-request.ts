import { createHash, createHmac } from "node:crypto";
import type { Emulator } from "../../src/index.js";

export interface RequestChanges {
  readonly accessKey?: string;
  readonly apiVersion?: string;
  readonly date?: string;
  /** Sent in place of the body that was signed. */
  readonly sentBody?: string;
  /** Names of the headers to sign, in order. */
  readonly signedHeaders?: readonly string[];
  /** Header values that are signed and sent; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export type SignedRequest = readonly [url: string, init: RequestInit];

/** A request signed by hand after the documentation, so that a test can break any part of it. */
export function sign(
  { communication }: Emulator,
  method: string,
  path: string,
  body = "",
  changes: RequestChanges = {},
): SignedRequest {
  const url = new URL(`${path}?api-version=${changes.apiVersion ?? "2023-10-01"}`, communication.url);
  const headers = Object.fromEntries(
    Object.entries({
      host: url.host,
      "x-ms-date": changes.date ?? new Date().toUTCString(),
      "x-ms-content-sha256": createHash("sha256").update(body).digest("base64"),
      ...changes.headers,
    }).filter(([, value]) => value !== undefined),
  );
  const names = changes.signedHeaders ?? ["x-ms-date", "host", "x-ms-content-sha256"];
  const stringToSign = `${method}\n${url.pathname}${url.search}\n${names.map((name) => headers[name] ?? "").join(";")}`;
  const signature = createHmac("sha256", Buffer.from(changes.accessKey ?? communication.accessKey, "base64"))
    .update(stringToSign)
    .digest("base64");
  const authorization = `HMAC-SHA256 SignedHeaders=${names.join(";")}&Signature=${signature}`;
  const { host: _, ...sent } = headers;
  const sentBody = changes.sentBody ?? body;
  return [url.href, { method, headers: { authorization, ...sent }, ...(sentBody && { body: sentBody }) }];
}

/** Sends a request; `body` is parsed JSON. */
export async function send([url, init]: SignedRequest) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}
