import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to a request instead of being passed on. */
export type Fault =
  | Answer
  /** Passed on, and the answer is lost. */
  | "lose-reply"
  /** Passed on, and the answer is lost after this has run. */
  | (() => Promise<unknown>)
  /** Never answered. */
  | "hang"
  /** The answer begins and never ends. */
  | "stall";

type Answer =
  /** Answered as the service would; `odata` is its error code. */
  | { readonly status: number; readonly odata?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Answered with a body of any kind. */
  | { readonly status: number; readonly body: string };

export interface ScriptedProxy {
  readonly origin: string;
  /** Methods and paths of the requests so far. */
  readonly requests: { readonly method: string; readonly url: string; readonly authorization: string | undefined }[];
  /** The next requests with this method meet these faults, one each. */
  fail(method: string, ...faults: readonly (Fault | "pass")[]): void;
  /** Forgets the faults that no request has met. */
  heal(): void;
  close(): Promise<void>;
}

/** An HTTP proxy in front of Azurite for what Azurite itself cannot be made to answer. */
export async function startScriptedProxy(port: number): Promise<ScriptedProxy> {
  const faults: { readonly method: string; readonly fault: Fault | "pass" }[] = [];
  const requests: ScriptedProxy["requests"] = [];

  const server = createServer((incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    requests.push({ method, url, authorization: headers.authorization });
    const index = faults.findIndex((scripted) => scripted.method === method);
    const [scripted] = index < 0 ? [] : faults.splice(index, 1);
    const fault = scripted?.fault ?? "pass";
    if (fault === "pass") return pass(incoming, port, (answer) => relay(answer, outgoing));
    if (fault === "lose-reply") return pass(incoming, port, () => incoming.socket.destroy());
    if (typeof fault === "function") {
      return pass(incoming, port, () => void fault().finally(() => incoming.socket.destroy()));
    }
    if (fault === "stall") outgoing.writeHead(200, { "content-type": "application/json" }).write("{");
    else if (fault !== "hang") answerWith(fault, outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail(method, ...added) {
      faults.push(...added.map((fault) => ({ method, fault })));
    },
    heal() {
      faults.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function pass(incoming: IncomingMessage, port: number, onAnswer: (answer: IncomingMessage) => void): void {
  const { method, url: path, headers } = incoming;
  const forwarded = request({ host: "127.0.0.1", port, method, path, headers }, onAnswer);
  forwarded.on("error", () => incoming.socket.destroy());
  incoming.pipe(forwarded);
}

function relay(answer: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
  answer.pipe(outgoing);
}

function answerWith(fault: Answer, outgoing: ServerResponse): void {
  const headers = "headers" in fault ? fault.headers : {};
  outgoing.writeHead(fault.status, { "content-type": "application/json", ...headers });
  outgoing.end("body" in fault ? fault.body : errorBody(fault));
}

/** @see https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2 */
function errorBody({ odata = "" }: { readonly odata?: string }): string {
  return JSON.stringify({ "odata.error": { code: odata, message: { lang: "en-US", value: "A made-up failure." } } });
}
