import type { Container } from "@azure/cosmos";
import { type CosmosServer, DATABASE, KEY, startCosmosServer } from "test-support/cosmos-server";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import {
  type CosmosEndpointOptions,
  CosmosIdentityStore,
  type CosmosIdentityStoreCommonOptions,
} from "../../src/index.js";
import type { CosmosRequest, Operation } from "./cosmos-request.js";
import { type FaultyGateway, startFaultyGateway } from "./faulty-gateway.js";

/** One server for a test file; a gateway and a container for each test. */
export class Backend {
  #server: CosmosServer | undefined;
  #gateway: FaultyGateway | undefined;
  #container: Container | undefined;

  constructor() {
    beforeAll(async () => {
      this.#server = await startCosmosServer();
    });
    beforeEach(async () => {
      this.#gateway = await startFaultyGateway(this.server.port);
      this.#container = await this.server.createContainer();
    });
    afterEach(() => this.gateway.close());
    afterAll(() => this.server.close());
  }

  get server(): CosmosServer {
    return present(this.#server);
  }

  get gateway(): FaultyGateway {
    return present(this.#gateway);
  }

  /** The container, past the gateway. */
  get container(): Container {
    return present(this.#container);
  }

  /** What {@link createStore} makes a store from. */
  get endpointOptions(): CosmosEndpointOptions {
    const { endpoint } = this.gateway;
    return { endpoint, key: KEY, databaseName: DATABASE, containerName: this.container.id };
  }

  /** A store with its own client, which goes through the gateway. */
  createStore(options: CosmosIdentityStoreCommonOptions & Partial<CosmosEndpointOptions> = {}): CosmosIdentityStore {
    return new CosmosIdentityStore({ ...this.endpointOptions, ...options });
  }

  /** A store that has done its checks, with the gateway's requests so far forgotten. */
  async createReadyStore(options: Parameters<Backend["createStore"]>[0] = {}): Promise<CosmosIdentityStore> {
    const store = this.createStore(options);
    await store.get({ tenantId: "nobody", objectId: "nobody" });
    this.gateway.requests.length = 0;
    return store;
  }

  /** The operations that were asked for, in order. */
  get operations(): readonly Operation[] {
    return this.gateway.requests.map(({ operation }: CosmosRequest) => operation);
  }

  /** Everything that the container holds. */
  async items(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.container.items.readAll<Record<string, unknown>>().fetchAll()).resources;
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The backend is started by the test runner.");
  return value;
}
