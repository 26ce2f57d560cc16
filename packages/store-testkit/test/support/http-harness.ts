import { randomUUID } from "node:crypto";
import { type IdentityStoreHarness, startFaultProxy } from "../../src/index.js";
import { HttpIdentityStore, keyOf } from "./http-identity-store.js";
import { type KeyValueServer, startKeyValueServer } from "./key-value-server.js";

export interface HttpHarnessOptions {
  /** Default: the correct one. */
  readonly Store?: new (
    url: string,
  ) => HttpIdentityStore;
  /** The URL of the module that child processes import, for `insert: "shared"`. */
  readonly forkModule?: string;
  readonly capabilities?: IdentityStoreHarness["capabilities"];
}

/** A harness whose stores talk to a server over HTTP, through a fault proxy. */
export function httpHarness({
  Store = HttpIdentityStore,
  forkModule = "",
  capabilities = { insert: "shared", conditionalRemove: true, list: true },
}: HttpHarnessOptions): IdentityStoreHarness {
  return {
    name: "http",
    capabilities,
    async setup() {
      const server = await startKeyValueServer();
      const proxy = await startFaultProxy({ target: { port: server.port } });
      const path = `/${randomUUID()}`;
      const url = `http://${proxy.host}:${proxy.port}${path}`;
      return {
        createStore: () => new Store(url),
        probe: async (user) => storedId(server, `${path}/${keyOf(user)}`),
        network: proxy,
        fork: { module: forkModule, argument: { store: Store.name, url } },
        async teardown() {
          await proxy.close();
          await server.close();
        },
      };
    },
  };
}

function storedId(server: KeyValueServer, key: string): string | undefined {
  const value = server.values.get(key);
  return value && JSON.parse(value.body).communicationUserId;
}
