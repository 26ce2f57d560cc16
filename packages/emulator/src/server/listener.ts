import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import type { TlsCertificate } from "../certificates.js";

/** Answers one request; `env.incoming` is the request as Node received it. */
export type RequestHandler = (request: Request, env: HttpBindings) => Promise<Response>;

/** A listening HTTPS server, reachable from this machine only. */
export interface Listener {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** What listens, for error messages. */
  readonly name: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly certificate: TlsCertificate;
  readonly handler: RequestHandler;
}

const loopback = "127.0.0.1";

export async function listen({ name, port, certificate, handler }: ListenOptions): Promise<Listener> {
  const fetch = (request: Request, env: unknown) => answer(standardRequest(request), env as HttpBindings, handler);
  const server = createServer(certificate, getRequestListener(fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(listenError(name, port, cause)));
    server.listen(port, loopback, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The adapter's own request object works only where it has replaced the global `Request`, which is not ours to replace. */
function standardRequest({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, body, signal, duplex: "half" });
}

async function answer(request: Request, env: HttpBindings, handler: RequestHandler): Promise<Response> {
  try {
    return await handler(request, env);
  } catch (error) {
    process.emitWarning(`The emulator failed to handle a request: ${error instanceof Error ? error.stack : error}`);
    return new Response(null, { status: 500 });
  }
}

function listenError(name: string, port: number, cause: NodeJS.ErrnoException): Error {
  const reason =
    cause.code === "EADDRINUSE"
      ? `port ${port} is already in use`
      : cause.code === "EACCES"
        ? `port ${port} needs more rights than this process has`
        : cause.message;
  return Object.assign(new Error(`The ${name} listener cannot start: ${reason}.`, { cause }), { code: cause.code });
}
