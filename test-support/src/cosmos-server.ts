import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Container, CosmosClient } from "@azure/cosmos";
import { createHttpServer, createHttpsServer } from "@vercel/cosmosdb-server";

/** Any text in base64 will do: the server does not check signatures. */
export const KEY = Buffer.from("a key that opens nothing").toString("base64");

export const DATABASE = "identities";

/** A server that speaks the protocol of Cosmos DB, in memory. */
export interface CosmosServer {
  readonly port: number;
  /** A client that goes straight to the server. */
  readonly client: CosmosClient;
  /** Creates a container that nobody else uses. */
  createContainer(definition?: { partitionKey?: string; defaultTtl?: number }): Promise<Container>;
  /** Shows every request from now on. */
  onRequest(show: (request: IncomingMessage) => void): void;
  close(): Promise<void>;
}

export async function startCosmosServer(tls?: { key: string; cert: string }): Promise<CosmosServer> {
  const server: Server = tls ? createHttpsServer(tls) : createHttpServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = new CosmosClient({
    endpoint: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    key: KEY,
    connectionPolicy: { enableEndpointDiscovery: false },
  });
  const { database } = await client.databases.create({ id: DATABASE });
  let containers = 0;
  return {
    port,
    client,
    async createContainer({ partitionKey = "/id", ...rest } = {}) {
      const definition = { id: `mappings-${++containers}`, partitionKey: { paths: [partitionKey] }, ...rest };
      return (await database.containers.create(definition)).container;
    },
    onRequest: (show) => void server.on("request", show),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
