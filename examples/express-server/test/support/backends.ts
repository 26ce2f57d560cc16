import { createCertificateAuthority, defaultFixtures, type Emulator, startEmulator } from "@acs-auth/emulator";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { TableIdentityStore } from "@acs-auth/store-table";
import { ACCOUNT, type Azurite, startAzurite } from "test-support/azurite";
import { type CosmosServer, KEY, startCosmosServer } from "test-support/cosmos-server";
import { environmentFor } from "./environment.js";

/** Cosmos DB, Azure Tables, and an emulator whose Entra ID issues tokens for both; all over https. */
export interface Backends {
  readonly emulator: Emulator;
  readonly cosmosStore: CosmosIdentityStore;
  readonly tableStore: TableIdentityStore;
  /** The variables of a server; those of both stores among them, with a key. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes the place of the keys: the credentials of the environment. */
  readonly withoutKeys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function startBackends(): Promise<Backends> {
  const authority = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  const cosmos = await startCosmosServer(await authority.issueCertificate());
  const azurite = await startAzurite(await authority.issueCertificate());
  const emulator = await startEmulator({
    ports: { entra: 0, communication: 0, graph: 0, admin: 0 },
    fixtures: fixturesWith(cosmos),
    // Azurite takes tokens of Microsoft's issuers only.
    entra: { issuers: "microsoft" },
  });
  const environment = { ...environmentFor(emulator), ...cosmosEnvironment(cosmos), ...tableEnvironment(azurite) };

  const cosmosStore = new CosmosIdentityStore({
    endpoint: environment.COSMOS_ENDPOINT,
    key: KEY,
    databaseName: "acs-auth",
    containerName: "identities",
  });
  await cosmosStore.createContainerIfMissing();
  const tableStore = new TableIdentityStore({
    connectionString: environment.TABLE_CONNECTION_STRING,
    tableName: "acsidentities",
    createTable: true,
  });
  await tableStore.get({ tenantId: "nobody", objectId: "nobody" });

  return {
    emulator,
    cosmosStore,
    tableStore,
    environment,
    withoutKeys: { COSMOS_KEY: "", TABLE_CONNECTION_STRING: "", TABLE_ENDPOINT: azurite.endpoint },
    async close() {
      await Promise.all([emulator.close(), azurite.close(), cosmos.close()]);
    },
  };
}

function cosmosEnvironment({ port }: CosmosServer) {
  return { COSMOS_ENDPOINT: `https://127.0.0.1:${port}`, COSMOS_KEY: KEY };
}

function tableEnvironment({ endpoint }: Azurite) {
  const account = `AccountName=${ACCOUNT.name};AccountKey=${ACCOUNT.key}`;
  return { TABLE_CONNECTION_STRING: `DefaultEndpointsProtocol=https;${account};TableEndpoint=${endpoint};` };
}

function fixturesWith(cosmos: CosmosServer) {
  const api = { scopes: [], roles: [], accessTokenVersion: "1.0" } as const;
  const storage = { ...api, clientId: "e406a681-f3d4-42a8-90b6-c2b029497af1", displayName: "Azure Storage" };
  const account = { ...api, clientId: "a232010e-820c-4083-83bb-3ace5fc29d0b", displayName: "Azure Cosmos DB" };
  const resources = {
    ...defaultFixtures.resources,
    storage: { ...storage, identifierUris: ["https://storage.azure.com"] },
    cosmos: { ...account, identifierUris: [cosmosEnvironment(cosmos).COSMOS_ENDPOINT] },
  };
  return { ...defaultFixtures, resources };
}
