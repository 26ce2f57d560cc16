import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { IdentityMapping, UserKey } from "@acs-auth/core";
import { startFaultProxy, testIdentityStore } from "@acs-auth/store-testkit";
import type { Container } from "@azure/cosmos";
import { build } from "tsup";
import { afterAll, beforeAll, describe, it } from "vitest";
import { CosmosIdentityStore } from "../src/index.js";
import { type CosmosServer, DATABASE, KEY, startCosmosServer } from "./support/cosmos-server.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const buildFolder = join(packageFolder, "node_modules", ".cache", "conformance-test");
let server: CosmosServer;

beforeAll(async () => {
  server = await startCosmosServer();
  await build({
    config: false,
    entry: [join(packageFolder, "test", "support", "fork-module.ts")],
    format: ["esm"],
    target: "node20",
    outDir: buildFolder,
    external: [/^@azure\//],
    noExternal: [/^@acs-auth\//],
    esbuildOptions: (options) => {
      options.conditions = ["acs-auth-source"];
    },
    silent: true,
  });
});
afterAll(async () => {
  await server.close();
  await rm(buildFolder, { recursive: true });
});

testIdentityStore(
  { describe, it },
  {
    name: "CosmosIdentityStore",
    capabilities: { insert: "shared", conditionalRemove: true },
    async setup() {
      const container = await server.createContainer();
      const network = await startFaultProxy({ target: { port: server.port } });
      const options = {
        endpoint: `http://${network.host}:${network.port}`,
        key: KEY,
        databaseName: DATABASE,
        containerName: container.id,
      };
      return {
        createStore: () => new CosmosIdentityStore(options),
        probe: (user) => probe(container, user),
        network,
        fork: { module: pathToFileURL(join(buildFolder, "fork-module.js")).href, argument: options },
        teardown: () => network.close(),
      };
    },
  },
);

/** Looks through all items, so as not to rely on the store's own keys. */
async function probe(container: Container, user: UserKey): Promise<string | undefined> {
  const { resources } = await container.items.readAll<UserKey & IdentityMapping>().fetchAll();
  const found = resources.filter(
    (item) => decoded(item.tenantId) === user.tenantId && decoded(item.objectId) === user.objectId,
  );
  if (found.length > 1) throw new Error("The container holds several items of one user.");
  return found[0]?.communicationUserId;
}

function decoded(text: string): unknown {
  return JSON.parse(`"${text}"`);
}
