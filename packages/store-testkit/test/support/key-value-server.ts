import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Value {
  readonly eTag: string;
  readonly body: string;
}

/**
 * A database over HTTP: values with ETags, and the conditions of RFC 9110 on writing and deleting them. `GET
 * /folder/?after=key&limit=n` lists a folder in the order of its keys.
 */
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
    const { pathname: key, searchParams } = new URL(request.url ?? "", "http://localhost");
    if (request.method === "GET" && key.endsWith("/")) {
      const after = key + (searchParams.get("after") ?? "");
      const keys = [...values.keys()].filter((each) => each.startsWith(key) && each > after).toSorted();
      const page = keys.slice(0, Number(searchParams.get("limit")));
      const items = page.map((each) => ({ key: each.slice(key.length), body: values.get(each)?.body }));
      return end(response, 200, { eTag: "", body: JSON.stringify({ items, isLast: page.length === keys.length }) });
    }
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
