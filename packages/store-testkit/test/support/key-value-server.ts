import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Value {
  readonly eTag: string;
  readonly body: string;
}

/** A database over HTTP: values with ETags, and the conditions of RFC 9110 on writing and deleting them. */
export interface KeyValueServer {
  readonly port: number;
  readonly values: Map<string, Value>;
  close(): Promise<void>;
}

export async function startKeyValueServer(): Promise<KeyValueServer> {
  const values = new Map<string, Value>();
  let writes = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const key = request.url ?? "";
    const value = values.get(key);
    const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
    if (request.method === "PUT") {
      if (value && ifNoneMatch === "*") return end(response, 412);
      values.set(key, { eTag: `"${++writes}"`, body });
      return end(response, 201);
    }
    if (!value) return end(response, 404);
    if (request.method === "GET") return end(response, 200, value);
    if (ifMatch !== undefined && ifMatch !== value.eTag) return end(response, 412);
    values.delete(key);
    return end(response, 204);
  }

  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    values,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function end(response: ServerResponse, status: number, value?: Value): void {
  response.writeHead(status, value ? { ETag: value.eTag } : {}).end(value?.body);
}
