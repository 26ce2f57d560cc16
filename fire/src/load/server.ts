import { randomBytes } from "node:crypto";
import { once, setMaxListeners } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import {
  AcsAuthService,
  createIdentityClient,
  EntraTokenVerifier,
  type IdentityStore,
  type IdentityStoreOptions,
  TeamsTokenVerifier,
  type UserKey,
} from "@acs-auth/core";
import { createAcsAuthHandler, toNodeListener } from "@acs-auth/http";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { GraphIdentityStore, onBehalfOf } from "@acs-auth/store-graph";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { TableIdentityStore } from "@acs-auth/store-table";
import { AzureNamedKeyCredential } from "@azure/data-tables";

/** The stores that the server works with, each under a path of its own. */
export const STORES = ["memory", "table", "cosmos", "graph"] as const;
export type StoreName = (typeof STORES)[number];

export interface ServerSettings {
  readonly connectionString: string;
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly teamsClientId: string;
  readonly graphEndpoint: string;
  readonly table: { readonly endpoint: string; readonly account: string; readonly key: string };
  readonly cosmos: {
    readonly endpoint: string;
    readonly key: string;
    readonly databaseName: string;
    readonly containerName: string;
  };
  /** Control: keeps a listener of every reading, with 8 kB of state, on a signal that never goes away. */
  readonly leaks: boolean;
}

/** What the server's process holds once it has nothing to do. */
export interface Measurement {
  readonly heapInBytes: number;
  /** How many sockets, timers and the like are open. */
  readonly resources: number;
  /** Warnings and errors that nobody handled, since the process began. */
  readonly troubles: readonly string[];
}

const REQUEST_TIMEOUT_IN_MS = 400;

/** After this long, no timer of an earlier request runs any more. */
const IDLE_AFTER_IN_MS = 600;

const troubles: string[] = [];
process.on("warning", ({ name, message }) => troubles.push(`${name}: ${message}`));
process.on("unhandledRejection", (reason) => troubles.push(`unhandled rejection: ${String(reason)}`));
process.on("uncaughtException", (error) => troubles.push(`uncaught exception: ${String(error)}`));

process.once("message", async (settings: ServerSettings) => {
  const listeners = new Map(STORES.map((name) => [name, listenerOf(name, settings)]));
  const server = createServer((request, response) => {
    const [, name = ""] = (request.url ?? "").split("/");
    const listener = listeners.get(STORES.find((store) => store === name) ?? "memory");
    listener?.(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.on("message", async (command: "measure" | "close") => {
    if (command === "measure") return void process.send?.(await measure());
    server.close();
    server.closeAllConnections();
    process.disconnect();
  });
  process.send?.((server.address() as AddressInfo).port);
});

async function measure(): Promise<Measurement> {
  await delay(IDLE_AFTER_IN_MS);
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await delay(10);
  }
  return { heapInBytes: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo().length, troubles };
}

function listenerOf(name: StoreName, settings: ServerSettings): RequestListener {
  const { authorityHost, clientId, tenantId, teamsClientId } = settings;
  const keys = { refreshInMs: 500, cooldownInMs: 500, timeoutInMs: REQUEST_TIMEOUT_IN_MS };
  const store = newStore(name, settings);
  const service = new AcsAuthService({
    identityClient: createIdentityClient(settings.connectionString, { requestTimeoutInMs: REQUEST_TIMEOUT_IN_MS }),
    store: settings.leaks ? new LeakingStore(store) : store,
    teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost, keys }),
    timeoutInMs: 1_000,
    mappingCache: { maxEntries: 10 },
    onOrphanedIdentity: () => {},
    ...(name === "table" ? { tokenReuse: { maxEntries: 10 } } : {}),
  });
  const verifier = new EntraTokenVerifier({ clientId, tenantId, authorityHost, keys });
  return toNodeListener(createAcsAuthHandler({ service, verifier, basePath: `/${name}`, createOnToken: true }));
}

function newStore(name: StoreName, { table, cosmos, ...settings }: ServerSettings): IdentityStore {
  const requestTimeoutInMs = REQUEST_TIMEOUT_IN_MS;
  const { authorityHost, clientId, clientSecret, graphEndpoint } = settings;
  switch (name) {
    case "memory":
      return new MemoryIdentityStore();
    case "table":
      return new TableIdentityStore({
        endpoint: table.endpoint,
        credential: new AzureNamedKeyCredential(table.account, table.key),
        createTable: true,
        requestTimeoutInMs,
        clientOptions: { allowInsecureConnection: true },
      });
    case "cosmos":
      return new CosmosIdentityStore({ ...cosmos, requestTimeoutInMs });
    case "graph":
      return new GraphIdentityStore({
        access: onBehalfOf({ clientId, clientSecret, authorityHost, maxCachedUsers: 10 }),
        graphEndpoint,
        mappingKeys: [{ id: "fire", key: randomBytes(32) }],
        requestTimeoutInMs,
      });
  }
}

const forever = new AbortController();
setMaxListeners(0, forever.signal);

class LeakingStore implements IdentityStore {
  readonly name = "leaking";
  readonly capabilities;
  readonly insertIfAbsent;
  readonly removeIfMatches;
  readonly #store: IdentityStore;

  constructor(store: IdentityStore) {
    this.#store = store;
    this.capabilities = store.capabilities;
    this.insertIfAbsent = store.insertIfAbsent.bind(store);
    this.removeIfMatches = store.removeIfMatches.bind(store);
  }

  get(user: UserKey, options?: IdentityStoreOptions) {
    const state = Array.from({ length: 1_000 }, () => user);
    forever.signal.addEventListener("abort", () => void state);
    return this.#store.get(user, options);
  }
}
