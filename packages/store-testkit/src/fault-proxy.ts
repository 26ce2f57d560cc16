import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { BackendNetwork } from "./types.js";

/** Options of {@link startFaultProxy}. */
export interface FaultProxyOptions {
  /** Where the backend listens. */
  readonly target: {
    /** Default: `127.0.0.1`. */
    readonly host?: string;
    /** Of a protocol over unencrypted TCP. */
    readonly port: number;
  };
  /**
   * Whether what a client has just sent begins or contains a write, for `loseNextReply`. Default: HTTP requests with
   * the methods POST, PUT, PATCH, MERGE and DELETE. For PostgreSQL, look for `INSERT` and `DELETE`.
   */
  readonly isWrite?: (sent: Buffer) => boolean;
}

/** A proxy on the loopback interface that makes trouble on order. A harness can use it as its `network`. */
export interface FaultProxy extends BackendNetwork {
  /** `127.0.0.1`. */
  readonly host: string;
  /** A free one, chosen anew for each proxy. */
  readonly port: number;
  /**
   * Cuts all connections and stops listening. Rejects if `loseNextReply` was called and no write has passed since, for
   * then `isWrite` does not recognise writes and the test has tested nothing.
   */
  close(): Promise<void>;
}

/**
 * Starts a proxy between stores and their backend, for any protocol over unencrypted TCP. Give the stores its address
 * instead of the backend's.
 *
 * - `takeDown` cuts all connections and every new one, until `bringUp`.
 * - `delay` holds back what clients send.
 * - `loseNextReply` lets the next write through, waits until the backend begins to answer, and cuts the connection.
 */
export async function startFaultProxy({ target, isWrite = isHttpWrite }: FaultProxyOptions): Promise<FaultProxy> {
  const faults: Faults = { isDown: false, delayInMs: 0, losesNextReply: false, isWrite };
  const connections = new Set<Socket>();
  const server = createServer((client) => {
    if (faults.isDown) {
      client.destroy();
      return;
    }
    connections.add(client);
    client.once("close", () => connections.delete(client));
    client.setNoDelay(true);
    relay(client, connect({ host: "127.0.0.1", noDelay: true, ...target }), faults);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cutAll = () => {
    for (const client of connections) client.destroy();
  };

  return {
    host: "127.0.0.1",
    port: portOf(server),
    async takeDown() {
      faults.isDown = true;
      cutAll();
    },
    async bringUp() {
      faults.isDown = false;
    },
    async delay(milliseconds) {
      faults.delayInMs = milliseconds;
    },
    async loseNextReply() {
      faults.losesNextReply = true;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      cutAll();
      await closed;
      if (faults.losesNextReply) {
        throw new Error(
          "No write has passed since loseNextReply was called: isWrite does not recognise the protocol's.",
        );
      }
    },
  };
}

interface Faults {
  isDown: boolean;
  delayInMs: number;
  losesNextReply: boolean;
  readonly isWrite: (sent: Buffer) => boolean;
}

function relay(client: Socket, backend: Socket, faults: Faults): void {
  let losesReply = false;
  let forwarded = Promise.resolve();

  client.on("data", (sent: Buffer) => {
    const dueAt = performance.now() + faults.delayInMs;
    forwarded = forwarded.then(async () => {
      const waitInMs = dueAt - performance.now();
      if (waitInMs > 0) await setTimeout(waitInMs, undefined, { ref: false });
      if (!backend.writable) return;
      if (faults.losesNextReply && faults.isWrite(sent)) {
        faults.losesNextReply = false;
        losesReply = true;
      }
      backend.write(sent);
    });
  });
  backend.on("data", (answer: Buffer) => {
    if (losesReply) client.destroy();
    else if (client.writable) client.write(answer);
  });

  client.on("error", () => backend.destroy());
  client.on("close", () => backend.destroySoon());
  backend.on("error", () => client.destroy());
  backend.on("close", () => client.destroySoon());
}

function isHttpWrite(sent: Buffer): boolean {
  return /^(?:POST|PUT|PATCH|MERGE|DELETE) \//.test(sent.toString("latin1", 0, 16));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
