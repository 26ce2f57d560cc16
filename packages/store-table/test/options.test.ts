import { inspect } from "node:util";
import { AzureNamedKeyCredential, AzureSASCredential } from "@azure/data-tables";
import { ACCOUNT } from "test-support/azurite";
import { describe, expect, it } from "vitest";
import { TableIdentityStore, type TableIdentityStoreOptions } from "../src/index.js";
import { expectCode, useTable } from "./support/harness.js";
import { CREDENTIAL, findMapping, mapping, newClient, USER } from "./support/tables.js";

const ENDPOINT = "https://account.table.core.windows.net";
const KEY = Buffer.from("a key that nobody may see, 32 b.").toString("base64");
const insecure = { allowInsecureConnection: true };

describe("TableIdentityStore is made", () => {
  const fixture = useTable();

  it.each<[string, () => TableIdentityStoreOptions]>([
    ["from a client", () => ({ client: newClient(fixture().endpoint, fixture().tableName) })],
    [
      "from an endpoint and a key",
      () => ({
        endpoint: fixture().endpoint,
        tableName: fixture().tableName,
        credential: CREDENTIAL,
        clientOptions: insecure,
      }),
    ],
    [
      "from a connection string",
      () => ({
        connectionString: `TableEndpoint=${fixture().endpoint};DefaultEndpointsProtocol=http;AccountKey=${ACCOUNT.key};AccountName=${ACCOUNT.name}`,
        tableName: fixture().tableName,
        clientOptions: insecure,
      }),
    ],
  ])("%s", async (_, options) => {
    const store = new TableIdentityStore(options());
    await store.insertIfAbsent(mapping());
    expect(await store.get(USER)).toEqual(mapping());
    expect(await findMapping(fixture().table, USER)).toBe(mapping().communicationUserId);
  });

  it("with its own table name by default, and the table is created where that is asked for", async () => {
    const { endpoint } = fixture();
    const store = new TableIdentityStore({
      endpoint,
      credential: CREDENTIAL,
      clientOptions: insecure,
      createTable: true,
    });
    await store.insertIfAbsent(mapping());
    const table = newClient(endpoint, "acsIdentities");
    expect(await findMapping(table, USER)).toBe(mapping().communicationUserId);
    await table.deleteTable();
    await expectCode(store.get(USER), "store_denied");
  });

  it("also for the storage emulator of this machine and with a shared access signature", () => {
    expect(() => new TableIdentityStore({ connectionString: "UseDevelopmentStorage=true" })).not.toThrow();
    const connectionString = `TableEndpoint=${ENDPOINT};SharedAccessSignature=sv=2019-02-02&sig=${KEY}`;
    expect(() => new TableIdentityStore({ connectionString })).not.toThrow();
    const credential = new AzureSASCredential(`sv=2019-02-02&sig=${KEY}`);
    expect(() => new TableIdentityStore({ endpoint: ENDPOINT, credential })).not.toThrow();
  });
});

describe("TableIdentityStore refuses with a TypeError that names the option and repeats no secret:", () => {
  const credential = new AzureNamedKeyCredential("account", KEY);
  const account = `AccountName=account;AccountKey=${KEY}`;

  it.each<[string, unknown]>([
    ["exactly one of client, endpoint and connectionString", {}],
    ["exactly one of client, endpoint and connectionString", { endpoint: ENDPOINT, credential, connectionString: "x" }],
    ["endpoint", { endpoint: "account", credential }],
    ["endpoint", { endpoint: "http://account.table.core.windows.net", credential }],
    ["endpoint", { endpoint: `${ENDPOINT}?sv=1&sig=${KEY}`, credential }],
    ["credential", { endpoint: ENDPOINT }],
    ["credential", { endpoint: ENDPOINT, credential: KEY }],
    ["tableName", { endpoint: ENDPOINT, credential, tableName: "a-table" }],
    ["tableName", { endpoint: ENDPOINT, credential, tableName: "ab" }],
    ["requestTimeoutInMs", { endpoint: ENDPOINT, credential, requestTimeoutInMs: 0 }],
    ["requestTimeoutInMs", { endpoint: ENDPOINT, credential, requestTimeoutInMs: "5000" }],
    ["connectionString", { connectionString: "" }],
    ["connectionString", { connectionString: KEY }],
    ["connectionString", { connectionString: `DefaultEndpointsProtocol=https;${account}` }],
    ["connectionString", { connectionString: `DefaultEndpointsProtocol=https;TableEndpoint=${KEY};${account}` }],
    ["connectionString", { connectionString: `TableEndpoint=not an endpoint;SharedAccessSignature=sig=${KEY}` }],
    [
      "connectionString",
      { connectionString: `DefaultEndpointsProtocol=http;${account};EndpointSuffix=core.windows.net` },
    ],
  ])("%s", (option, options) => {
    let thrown: unknown;
    try {
      new TableIdentityStore(options as TableIdentityStoreOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect((thrown as Error).message).toContain(option);
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain(KEY);
  });
});
