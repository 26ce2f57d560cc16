import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { FaultPlan, type RemoteFault } from "./faults.js";
import { Pending } from "./pending.js";

/** Stands before a store's backend and fails on order, as the emulator does. */
export interface Gateway {
  readonly port: number;
  readonly faults: FaultPlan;
  /** Requests on their way to the backend, also those whose sender has gone. */
  readonly pending: Pending;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Starts a gateway before an HTTP server on this machine. */
export async function startGateway(backendPort: number): Promise<Gateway> {
  const faults = new FaultPlan();
  const pending = new Pending();
  const agent = new Agent({ keepAlive: true });

  async function pass({ method, url: path, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const passed = request({ agent, host: "127.0.0.1", port: backendPort, method, path, headers });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      passed.once("response", resolve).once("error", reject).end(body);
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
  }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const fault: RemoteFault = faults.strike() ?? {};
    const { stage = "before", connection, status, delayInMs } = fault;
    const fails = connection !== undefined || status !== undefined;
    const answer = await pending.track(async () => {
      if (stage === "before" && delayInMs) await setTimeout(delayInMs);
      const passed = stage === "after" || !fails ? await pass(incoming, body) : undefined;
      if (stage === "after" && delayInMs) await setTimeout(delayInMs);
      return passed;
    });
    if (connection === "hang") return;
    if (connection === "reset") return void incoming.socket.destroy();
    send(outgoing, fails || !answer ? failure(fault) : answer);
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    faults,
    pending,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { "transfer-encoding": _, connection: __, ...rest } = headers;
  outgoing.writeHead(status, { ...rest, "content-length": body.length });
  outgoing.end(body);
}

/** An error as both Azure Tables and Cosmos DB word it. */
function failure({ status = 500, retryAfterInSeconds }: RemoteFault): Answer {
  const message = "A made-up failure.";
  const error = { "odata.error": { code: String(status), message: { lang: "en-US", value: message } } };
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(retryAfterInSeconds !== undefined && {
        "retry-after": String(retryAfterInSeconds),
        "x-ms-retry-after-ms": String(retryAfterInSeconds * 1_000),
      }),
    },
    body: Buffer.from(JSON.stringify({ ...error, code: String(status), message })),
  };
}
