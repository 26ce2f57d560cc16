import { randomBytes } from "node:crypto";
import {
  AcsAuthService,
  createIdentityClient,
  EntraTokenVerifier,
  type IdentityStore,
  TeamsTokenVerifier,
} from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import { type AcsAuthHandler, createAcsAuthHandler } from "@acs-auth/http";
import { appOnly, GraphIdentityStore, onBehalfOf } from "@acs-auth/store-graph";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { ClientSecretCredential } from "@azure/identity";
import { ACCOUNT } from "test-support/azurite";
import { DATABASE, KEY } from "test-support/cosmos-server";
import type { Space } from "../backends/backend.js";
import { startCosmosBackend } from "../backends/cosmos.js";
import { createStore } from "../backends/store-place.js";
import { startTableBackend } from "../backends/table.js";
import type { RemoteFault } from "../faults.js";
import type { Canaries } from "./canaries.js";

/** One server over one kind of store. */
export interface Server {
  readonly name: string;
  readonly service: AcsAuthService;
  readonly handler: AcsAuthHandler;
}

/** Servers over every kind of store, and what they depend on. */
export interface Servers {
  readonly all: readonly Server[];
  /** A server whose ACS and whose store are at another address, with the real keys. */
  pointedAt(url: string): readonly Server[];
  serverOver(name: string, store: IdentityStore, acsEndpoint?: string): Server;
  /** What goes wrong between the stores and their databases. */
  addStoreFault(fault: RemoteFault): void;
  clearStoreFaults(): void;
  close(): Promise<void>;
}

const CALL_BUDGET_IN_MS = 1_500;
const REQUEST_TIMEOUT_IN_MS = 600;

/** Starts the servers, and plants their keys and secrets. */
export async function startServers(emulator: Emulator, canaries: Canaries): Promise<Servers> {
  const { tenants, applications } = emulator.fixtures;
  const { clientId, clientSecret } = applications.api;
  const { accessKey, url: acsUrl } = emulator.communication;
  const mappingKey = { id: "canary", key: randomBytes(32) };
  canaries.plant("ACS access key", accessKey);
  canaries.plant("client secret", clientSecret);
  canaries.plant("mapping key", mappingKey.key.toString("base64"));
  canaries.plant("mapping key in hexadecimal", mappingKey.key.toString("hex"));
  canaries.plant("Cosmos DB key", KEY);
  canaries.plant("table account key", ACCOUNT.key);

  const authorityHost = emulator.entra.url;
  const graphOptions = {
    graphEndpoint: emulator.graph.url,
    mappingKeys: [mappingKey],
    requestTimeoutInMs: REQUEST_TIMEOUT_IN_MS,
  };
  const credentialOptions = { authorityHost, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } };
  const credential = new ClientSecretCredential(tenants.home.id, clientId, clientSecret, credentialOptions);
  const graphStores = {
    "graph on behalf of the user": onBehalfOf({ clientId, clientSecret, authorityHost }),
    "graph as the application": appOnly({ credential }),
  };
  const backends = await Promise.all([startCosmosBackend(), startTableBackend()]);
  const spaces = await Promise.all(backends.map((backend) => backend.openSpace(emulator)));

  function serverOver(name: string, store: IdentityStore, acsEndpoint = acsUrl): Server {
    const teamsClientId = applications.client.clientId;
    const service = new AcsAuthService({
      identityClient: createIdentityClient(`endpoint=${acsEndpoint};accesskey=${accessKey}`, {
        requestTimeoutInMs: REQUEST_TIMEOUT_IN_MS,
      }),
      store,
      teamsTokenVerifier: new TeamsTokenVerifier({ clientId: teamsClientId, authorityHost }),
      timeoutInMs: CALL_BUDGET_IN_MS,
    });
    const keys = { refreshInMs: 0, cooldownInMs: 0, timeoutInMs: REQUEST_TIMEOUT_IN_MS };
    const verifier = new EntraTokenVerifier({ clientId, tenantId: tenants.home.id, authorityHost, keys });
    const handler = createAcsAuthHandler({ service, verifier, createOnToken: true });
    return { name, service, handler };
  }

  return {
    all: [
      serverOver("memory", new MemoryIdentityStore()),
      ...Object.entries(graphStores).map(([name, access]) =>
        serverOver(name, new GraphIdentityStore({ access, ...graphOptions })),
      ),
      ...spaces.map((space, index) => serverOver(backends[index]?.name ?? "", space.newStore())),
    ],
    pointedAt: (url) => [
      serverOver("memory, ACS elsewhere", new MemoryIdentityStore(), url),
      ...[
        { kind: "table", endpoint: `${url}/${ACCOUNT.name}`, tableName: "mappings", account: ACCOUNT } as const,
        { kind: "cosmos", endpoint: url, databaseName: DATABASE, containerName: "mappings", key: KEY } as const,
      ].map((place) => serverOver(`${place.kind} elsewhere`, createStore(place, REQUEST_TIMEOUT_IN_MS))),
    ],
    serverOver,
    addStoreFault: (fault) => each(spaces, ({ network }) => network?.addFault(fault)),
    clearStoreFaults: () => each(spaces, ({ network }) => network?.clearFaults()),
    async close() {
      await Promise.all(spaces.map((space) => space.close()));
      await Promise.all(backends.map((backend) => backend.close()));
    },
  };
}

function each(spaces: readonly Space[], act: (space: Space) => void): void {
  for (const space of spaces) act(space);
}
