import { createServer, type RequestListener, type ServerOptions } from "node:http";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { close, listen } from "./serve.js";

/** Sends bytes as they are, and resolves to all that came back once the server has closed the connection. */
export type Send = (message: string | Uint8Array) => Promise<string>;

/** Serves a listener on a free port for the rest of the test, with Node's own server. */
export async function serveRaw(listener: RequestListener, options: ServerOptions = {}): Promise<Send> {
  const server = createServer(options, listener);
  const port = await listen(server);
  onTestFinished(() => close(server));
  return (message) => raw(port, message);
}

export function raw(port: number, message: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(message));
    socket.setEncoding("utf8").on("data", (chunk) => {
      received += chunk;
    });
    // A server that closes while it is still being sent to resets the connection.
    socket.on("error", () => {}).on("close", () => resolve(received));
  });
}

/** The status codes of all answers in what a server sent. */
export function statusesOf(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
