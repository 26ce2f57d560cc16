import { describe, expect, it } from "vitest";
import { readConfig, readMigrationConfig } from "../src/config/config.js";
import { ConfigurationError } from "../src/config/problems.js";

const CONNECTION_STRING = "endpoint=https://resource.example/;accesskey=c2VjcmV0LXZhbHVl";

const readers = [readConfig, readMigrationConfig] as const;

const cosmos = { COSMOS_ENDPOINT: "https://account.documents.example/" };
const table = { TABLE_ENDPOINT: "https://account.table.example/" };

const minimal = {
  AZURE_TENANT_ID: "A0000000-0000-4000-8000-00000000000A",
  AZURE_CLIENT_ID: "c0000000-0000-4000-8000-000000000001",
  AZURE_CLIENT_SECRET: "secret-value",
  COMMUNICATION_SERVICES_CONNECTION_STRING: CONNECTION_STRING,
  IDENTITY_STORE: "memory",
};

function problemsOf(variables: Record<string, string | undefined>, read: (typeof readers)[number] = readConfig) {
  try {
    read(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("readConfig", () => {
  it("needs nothing but the required variables and then means the real Azure", () => {
    expect(readConfig(minimal)).toEqual({
      tenantId: "a0000000-0000-4000-8000-00000000000a",
      clientId: minimal.AZURE_CLIENT_ID,
      proof: { clientSecret: "secret-value" },
      teamsClientId: minimal.AZURE_CLIENT_ID,
      communication: { connectionString: CONNECTION_STRING },
      identityStore: { kind: "memory" },
      migration: undefined,
      authorityHost: "https://login.microsoftonline.com",
      logLevel: "warning",
      corsOrigins: [],
      host: undefined,
      port: 5000,
    });
  });

  it("takes the optional ones", () => {
    const { COMMUNICATION_SERVICES_CONNECTION_STRING: _, ...withoutConnectionString } = minimal;
    const config = readConfig({
      ...withoutConnectionString,
      COMMUNICATION_SERVICES_ENDPOINT: "https://resource.example/",
      COMMUNICATION_SERVICES_RESOURCE_ID: "E0000000-0000-4000-8000-000000000001",
      AZURE_AUTHORITY_HOST: "https://login.microsoftonline.us/",
      AZURE_LOG_LEVEL: "verbose",
      TEAMS_CLIENT_ID: "c0000000-0000-4000-8000-000000000002",
      CORS_ORIGINS: "http://localhost:3000, https://app.example",
      RATE_LIMIT_PER_MINUTE: "60",
      ORPHANS_FILE: "/dev/null",
      HOST: "127.0.0.1",
      PORT: "0",
    });
    expect(config).toMatchObject({
      communication: { endpoint: "https://resource.example" },
      resourceId: "e0000000-0000-4000-8000-000000000001",
      authorityHost: "https://login.microsoftonline.us",
      logLevel: "verbose",
      teamsClientId: "c0000000-0000-4000-8000-000000000002",
      corsOrigins: ["http://localhost:3000", "https://app.example"],
      rateLimitPerMinute: 60,
      orphansFile: "/dev/null",
      host: "127.0.0.1",
      port: 0,
    });
  });

  it("keeps mappings in Graph unless told otherwise, which takes keys to sign them with", () => {
    const { IDENTITY_STORE: _, ...withoutStore } = minimal;
    expect(problemsOf(withoutStore)).toEqual([expect.stringContaining("MAPPING_KEYS is missing")]);
    const key = Buffer.alloc(32, 7);
    const graph = { MAPPING_KEYS: `k1:${key.toString("base64")}`, GRAPH_ENDPOINT: "https://graph.example/" };
    expect(readConfig({ ...withoutStore, ...graph, GRAPH_EXTENSION_NAME: "com.example.mapping" })).toMatchObject({
      identityStore: {
        kind: "graph",
        mappingKeys: [{ id: "k1", key: new Uint8Array(key) }],
        extensionName: "com.example.mapping",
        endpoint: "https://graph.example",
      },
    });
  });

  it("keeps mappings in Cosmos DB, with a key or with the credentials of the environment", () => {
    const store = { kind: "cosmos", endpoint: "https://account.documents.example" };
    expect(readConfig({ ...minimal, IDENTITY_STORE: "cosmos", ...cosmos }).identityStore).toEqual({
      ...store,
      key: undefined,
      databaseName: "acs-auth",
      containerName: "identities",
    });
    const names = { COSMOS_KEY: "a-key", COSMOS_DATABASE: "chat", COSMOS_CONTAINER: "people" };
    expect(readConfig({ ...minimal, IDENTITY_STORE: "cosmos", ...cosmos, ...names }).identityStore).toEqual({
      ...store,
      key: "a-key",
      databaseName: "chat",
      containerName: "people",
    });
    expect(problemsOf({ ...minimal, IDENTITY_STORE: "cosmos" })).toEqual([
      "COSMOS_ENDPOINT is missing: IDENTITY_STORE=cosmos needs it",
    ]);
  });

  it("keeps mappings in Azure Tables, with exactly one of an endpoint and a connection string", () => {
    const onTable = { ...minimal, IDENTITY_STORE: "table" };
    const connectionString =
      "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.example";
    expect(readConfig({ ...onTable, ...table }).identityStore).toEqual({
      kind: "table",
      account: { endpoint: "https://account.table.example/" },
      tableName: "acsidentities",
    });
    const byString = { TABLE_CONNECTION_STRING: connectionString, TABLE_NAME: "people" };
    expect(readConfig({ ...onTable, ...byString }).identityStore).toEqual({
      kind: "table",
      account: { connectionString },
      tableName: "people",
    });
    const names = ["TABLE_CONNECTION_STRING", "TABLE_ENDPOINT"];
    expect(problemsOf(onTable)).toEqual([`${names.join(" or ")} is missing`]);
    expect(problemsOf({ ...onTable, ...table, ...byString })).toEqual([
      `${names.join(" and ")} are both set: keep one`,
    ]);
  });

  it("knows from where mappings are moved, and how far that has come", () => {
    const moving = { ...minimal, IDENTITY_STORE: "table", ...table, PREVIOUS_IDENTITY_STORE: "cosmos", ...cosmos };
    expect(readConfig({ ...moving, MIGRATION_STAGE: "dual-write" })).toMatchObject({
      identityStore: { kind: "table" },
      migration: { previous: { kind: "cosmos" }, stage: "dual-write" },
    });
    expect(readMigrationConfig(moving)).toMatchObject({ source: { kind: "cosmos" }, target: { kind: "table" } });
  });

  it("moves to the same store or to memory as little as without its other half", () => {
    const moving = { ...minimal, ...cosmos, MIGRATION_STAGE: "dual-write", PREVIOUS_IDENTITY_STORE: "cosmos" };
    for (const read of readers) {
      expect(problemsOf({ ...moving, IDENTITY_STORE: "cosmos" }, read)).toEqual([
        "PREVIOUS_IDENTITY_STORE must be another store than IDENTITY_STORE",
      ]);
      expect(problemsOf(moving, read)).toEqual(["IDENTITY_STORE=memory cannot be moved to: it loses its mappings"]);
      expect(problemsOf({ ...moving, IDENTITY_STORE: "table", COSMOS_ENDPOINT: "" }, read)).toEqual([
        "TABLE_CONNECTION_STRING or TABLE_ENDPOINT is missing",
        "COSMOS_ENDPOINT is missing: PREVIOUS_IDENTITY_STORE=cosmos needs it",
      ]);
    }
    expect(problemsOf({ ...moving, PREVIOUS_IDENTITY_STORE: "" })).toEqual([
      "PREVIOUS_IDENTITY_STORE is missing: MIGRATION_STAGE needs it",
    ]);
    expect(problemsOf({ ...moving, IDENTITY_STORE: "table", ...table, MIGRATION_STAGE: "" })).toEqual([
      "MIGRATION_STAGE is missing: PREVIOUS_IDENTITY_STORE needs it",
    ]);
    expect(problemsOf(minimal, readMigrationConfig)).toEqual(["PREVIOUS_IDENTITY_STORE is missing"]);
  });

  it("takes a managed identity in place of the client secret, and not both", () => {
    const { AZURE_CLIENT_SECRET, ...others } = minimal;
    const identity = { MANAGED_IDENTITY_CLIENT_ID: "D0000000-0000-4000-8000-000000000002" };
    expect(readConfig({ ...others, ...identity }).proof).toEqual({
      managedIdentityClientId: "d0000000-0000-4000-8000-000000000002",
    });
    expect(problemsOf(others)).toEqual(["AZURE_CLIENT_SECRET or MANAGED_IDENTITY_CLIENT_ID is missing"]);
    expect(problemsOf({ ...others, AZURE_CLIENT_SECRET, ...identity })).toEqual([
      "AZURE_CLIENT_SECRET and MANAGED_IDENTITY_CLIENT_ID are both set: keep one",
    ]);
  });

  it.each(["AZURE_TENANT_ID", "AZURE_CLIENT_ID"])("misses %s", (name) => {
    expect(problemsOf({ ...minimal, [name]: undefined })).toEqual([`${name} is missing`]);
    expect(problemsOf({ ...minimal, [name]: "" })).toEqual([`${name} is missing`]);
  });

  it.each([
    ["AZURE_TENANT_ID", "wrong-value", "must be a GUID"],
    ["AZURE_TENANT_ID", "common", "must be a GUID"],
    ["AZURE_CLIENT_ID", "api://c0000000-0000-4000-8000-000000000001", "must be a GUID"],
    ["TEAMS_CLIENT_ID", "wrong-value", "must be a GUID"],
    ["RATE_LIMIT_PER_MINUTE", "0", "must be a whole number"],
    ["ORPHANS_FILE", "/nowhere/orphans.jsonl", "must be a file that can be written"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "wrong-value", "malformed"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "endpoint=https://wrong-value.example/", "no accesskey"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "accesskey=d3Jvbmc=", "no endpoint"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "endpoint=http://wrong-value.example/;accesskey=d3Jvbmc=", "https"],
    ["IDENTITY_STORE", "wrong-value", "must be one of: graph, cosmos, table, memory"],
    ["MAPPING_KEYS", "wrong-value", "id:base64"],
    ["MAPPING_KEYS", "wrong-value:d3Jvbmc=", "at least 32 bytes"],
    ["GRAPH_ENDPOINT", "http://wrong-value.example", "must be an https URL"],
    ["COSMOS_ENDPOINT", "http://wrong-value.example", "must be an https URL"],
    ["COSMOS_ENDPOINT", "https://wrong-value.example/path", "must be an https URL"],
    ["TABLE_ENDPOINT", "http://wrong-value.example", "must be an https URL"],
    ["TABLE_ENDPOINT", "https://account.table.example/?sig=wrong-value", "must be an https URL without a query"],
    ["TABLE_ENDPOINT", "https://wrong-value@account.table.example/", "must be an https URL"],
    ["TABLE_CONNECTION_STRING", "wrong-value", "malformed"],
    ["TABLE_CONNECTION_STRING", "AccountName=a;AccountKey=d3Jvbmc=;TableEndpoint=http://wrong-value.example/", "https"],
    ["TABLE_NAME", "wrong-value", "must be 3 to 63 letters and digits"],
    ["PREVIOUS_IDENTITY_STORE", "wrong-value", "must be one of: graph, cosmos, table"],
    ["MIGRATION_STAGE", "wrong-value", "must be one of: attach, dual-write, read-through, detach"],
    ["AZURE_AUTHORITY_HOST", "http://wrong-value.example", "must be an https URL"],
    ["AZURE_AUTHORITY_HOST", "https://wrong-value.example/tenant", "must be an https URL"],
    ["AZURE_AUTHORITY_HOST", "wrong-value", "must be an https URL"],
    ["AZURE_LOG_LEVEL", "wrong-value", "must be one of: verbose, info, warning, error"],
    ["CORS_ORIGINS", "*", "must be origins"],
    ["CORS_ORIGINS", "https://wrong-value.example/path", "must be origins"],
    ["CORS_ORIGINS", "https://app.example,,", "must be origins"],
    ["PORT", "wrong-value", "must be a port number"],
    ["PORT", "65536", "must be a port number"],
    ["PORT", "-1", "must be a port number"],
    ["PORT", "80.5", "must be a port number"],
  ])("refuses %s=%s without repeating it", (name, value, message) => {
    const together = { PREVIOUS_IDENTITY_STORE: "cosmos", MIGRATION_STAGE: "dual-write", ...cosmos };
    const other = name in together ? { IDENTITY_STORE: "table", ...table, ...together } : {};
    const [problem, ...others] = problemsOf({ ...minimal, ...other, [name]: value });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} .*${message}`));
    expect(problem).not.toMatch(/wrong-value|d3Jvbmc/);
  });

  it("wants exactly one way to ACS", () => {
    const both = { ...minimal, COMMUNICATION_SERVICES_ENDPOINT: "https://resource.example" };
    const names = ["COMMUNICATION_SERVICES_CONNECTION_STRING", "COMMUNICATION_SERVICES_ENDPOINT"];
    expect(problemsOf({ ...minimal, COMMUNICATION_SERVICES_CONNECTION_STRING: undefined })).toEqual([
      `${names.join(" or ")} is missing`,
    ]);
    expect(problemsOf(both)).toEqual([`${names.join(" and ")} are both set: keep one`]);
  });

  it("lists everything that is wrong at once", () => {
    expect(problemsOf({ PORT: "x" })).toEqual([
      "AZURE_TENANT_ID is missing",
      "AZURE_CLIENT_ID is missing",
      "PORT must be a port number from 0 to 65535",
      "AZURE_CLIENT_SECRET or MANAGED_IDENTITY_CLIENT_ID is missing",
      "COMMUNICATION_SERVICES_CONNECTION_STRING or COMMUNICATION_SERVICES_ENDPOINT is missing",
      "MAPPING_KEYS is missing: IDENTITY_STORE=graph signs its mappings (id:base64 of 32 bytes)",
    ]);
  });
});
