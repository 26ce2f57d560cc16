import { createServer, type IncomingHttpHeaders, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type AcsAuthHandler, type ProblemDetails, toExpress, toNodeListener } from "@acs-auth/http";
import express from "express";
import { onTestFinished } from "vitest";
import { CALLER_TOKEN } from "./doubles.js";

/** Every way of serving the handler that must behave alike. */
export const adapters: Readonly<Record<string, (handler: AcsAuthHandler) => RequestListener>> = {
  "node:http": toNodeListener,
  Express: (handler) => express().use(toExpress(handler)),
  "Express after express.json()": (handler) => express().use(express.json(), toExpress(handler)),
};

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; fails the test if it is none. */
  json(): unknown;
  /** The body as problem details; fails the test if it is none. */
  problem(): ProblemDetails;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Sends no `Authorization` unless it is among the headers. */
  readonly anonymous?: boolean;
}

export type Ask = (method: string, path: string, options?: AskOptions) => Promise<Answer>;

/** Serves a listener on a free port for the rest of the test. */
export async function serve(listener: RequestListener): Promise<Ask> {
  const server = createServer(listener);
  const port = await listen(server);
  onTestFinished(() => close(server));
  return (method, path, options) => ask(port, method, path, options);
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Sends exactly this request line and these headers: `fetch` would normalize both. */
function ask(port: number, method: string, path: string, options: AskOptions = {}): Promise<Answer> {
  const { body, anonymous, signal } = options;
  const json = typeof body === "object" ? JSON.stringify(body) : undefined;
  const payload = json ?? body;
  const headers = {
    ...(anonymous ? {} : { authorization: `Bearer ${CALLER_TOKEN}` }),
    ...(json === undefined ? {} : { "content-type": "application/json" }),
    ...(typeof payload === "string" && !options.headers?.["transfer-encoding"]
      ? { "content-length": String(Buffer.byteLength(payload)) }
      : {}),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      method,
      path,
      headers,
      agent: false,
      ...(signal ? { signal } : {}),
    });
    outgoing.on("error", reject).on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: () => JSON.parse(text),
          problem: () => problemOf(response.headers, text),
        });
      });
    });
    outgoing.end(payload);
  });
}

function problemOf(headers: IncomingHttpHeaders, text: string): ProblemDetails {
  if (headers["content-type"] !== "application/problem+json") throw new Error(`Not a problem: ${text}`);
  return JSON.parse(text) as ProblemDetails;
}
