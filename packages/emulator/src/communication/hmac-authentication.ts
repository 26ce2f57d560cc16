import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const requiredHeaders = ["host", "x-ms-content-sha256"];
const dateHeaders = ["x-ms-date", "date"];

export interface SignatureCheck {
  readonly accessKey: string;
  readonly clockSkewInMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Whether a request is signed with the access key, over the request target exactly as it was sent. The same signature
 * may be used again: the Azure SDKs do so when they retry.
 *
 * After "Sign an HTTP request with HMAC" of Azure Communication Services.
 */
export function isSigned(incoming: IncomingMessage, body: Uint8Array, check: SignatureCheck): boolean {
  const parameters = /^HMAC-SHA256 SignedHeaders=([^&]+)&Signature=(.+)$/i.exec(incoming.headers.authorization ?? "");
  const [, headerList, signature] = parameters ?? [];
  if (!headerList || !signature) return false;
  const signedHeaders = headerList.toLowerCase().split(";");
  const dateHeader = dateHeaders.find((name) => signedHeaders.includes(name));
  if (!dateHeader || !requiredHeaders.every((name) => signedHeaders.includes(name))) return false;

  const values = signedHeaders.map((name) => headerValue(incoming, name));
  const stringToSign = `${incoming.method}\n${incoming.url}\n${values.join(";")}`;
  const expected = createHmac("sha256", Buffer.from(check.accessKey, "base64")).update(stringToSign).digest();
  const contentHash = createHash("sha256").update(body).digest();
  return (
    isSame(signature, expected) &&
    isSame(headerValue(incoming, "x-ms-content-sha256"), contentHash) &&
    Math.abs(check.now - Date.parse(headerValue(incoming, dateHeader))) <= check.clockSkewInMs
  );
}

function headerValue(incoming: IncomingMessage, name: string): string {
  return String(incoming.headers[name] ?? "");
}

function isSame(base64: string, expected: Buffer): boolean {
  const actual = Buffer.from(base64, "base64");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
