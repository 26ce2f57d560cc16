import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { type CosmosRequest, type Operation, operationOf } from "./cosmos-request.js";

/** An answer in the server's place, the request not being passed on. */
export interface CannedAnswer {
  readonly status: number;
  readonly substatus?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * `cut`: the connection breaks before the request is passed on · `lose reply`: after · a function: after it has run too ·
 * or wait, or answer instead.
 */
export type Fault = "cut" | "lose reply" | (() => Promise<unknown>) | { readonly delayInMs: number } | CannedAnswer;

/** Stands before a Cosmos DB server, writes down every request and fails on order. */
export interface FaultyGateway {
  readonly endpoint: string;
  readonly requests: CosmosRequest[];
  /** The next `times` requests for an operation meet a fault. */
  fail(operation: Operation, fault: Fault, times?: number): void;
  /** From now on runs before each request for an operation is passed on. */
  before(operation: Operation, run: () => Promise<unknown>): void;
  /** From now on the account says this of itself. */
  describeAccount(properties: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

export async function startFaultyGateway(serverPort: number): Promise<FaultyGateway> {
  const requests: CosmosRequest[] = [];
  const faults: { operation: Operation; fault: Fault }[] = [];
  const hooks = new Map<Operation, () => Promise<unknown>>();
  let account: Readonly<Record<string, unknown>> = {};

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const operation = operationOf(request.method ?? "", request.url ?? "", request.headers);
    requests.push({ operation, headers: request.headers, body });
    await hooks.get(operation)?.();
    const index = faults.findIndex((entry) => entry.operation === operation);
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
    if (fault === "cut") return void request.socket.destroy();
    if (typeof fault === "object" && "status" in fault) return send(response, fault);
    if (typeof fault === "object") await setTimeout(fault.delayInMs, undefined, { ref: false });
    const answer = await pass(request, body);
    if (typeof fault === "function") await fault();
    if (fault === "lose reply" || typeof fault === "function") return void request.socket.destroy();
    send(response, operation === "read account" ? { ...answer, body: patched(answer.body, account) } : answer);
  }

  async function pass({ method = "GET", url = "/", headers }: IncomingMessage, body: string): Promise<CannedAnswer> {
    const { host: _, connection: __, "content-length": ___, ...rest } = headers;
    const passed = await fetch(`http://127.0.0.1:${serverPort}${url}`, {
      method,
      headers: Object.entries(rest).map(([name, value]) => [name, String(value)] satisfies [string, string]),
      ...(body !== "" && { body }),
    });
    const charge = passed.headers.get("x-ms-request-charge") ?? "";
    const continuation = passed.headers.get("x-ms-continuation");
    return {
      status: passed.status,
      headers: { "x-ms-request-charge": charge, ...(continuation && { "x-ms-continuation": continuation }) },
      body: await passed.text(),
    };
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (operation, fault, times = 1) => {
      for (let n = 0; n < times; n++) faults.push({ operation, fault });
    },
    before: (operation, run) => void hooks.set(operation, run),
    describeAccount: (properties) => {
      account = properties;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, { status, substatus, headers, body }: CannedAnswer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(substatus !== undefined && { "x-ms-substatus": String(substatus) }),
    ...headers,
  });
  response.end(status === 204 ? undefined : (body ?? JSON.stringify({ code: String(status), message: "A fault." })));
}

function patched(body: string | undefined, properties: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(body ?? "{}"), ...properties });
}
