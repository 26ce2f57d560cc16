import { Servers } from "test-support";
import { type CosmosServer, DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import { afterAll, beforeAll, it } from "vitest";
import { findMapping } from "./support/find-mapping.js";

const servers = new Servers(new URL("./support/forked-store.ts", import.meta.url));
let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmosServer();
});
afterAll(() => server.close());

it("4 processes with 250 concurrent first calls each for 100 users give 100 identities and no orphan", async () => {
  const container = await server.createContainer();
  const endpoint = `http://127.0.0.1:${server.port}`;
  const names = { databaseName: DATABASE, containerName: container.id };
  const storeArgument = { endpoint, key: KEY, ...names, requestTimeoutInMs: 60_000 };
  await servers.expectOneIdentityPerUser(storeArgument, (user) => findMapping(container, user));
}, 120_000);
