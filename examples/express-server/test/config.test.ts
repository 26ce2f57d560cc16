import { describe, expect, it } from "vitest";
import { ConfigurationError, readConfig } from "../src/config.js";

const CONNECTION_STRING = "endpoint=https://resource.example/;accesskey=c2VjcmV0LXZhbHVl";

const minimal = {
  AZURE_TENANT_ID: "A0000000-0000-4000-8000-00000000000A",
  AZURE_CLIENT_ID: "c0000000-0000-4000-8000-000000000001",
  AZURE_CLIENT_SECRET: "secret-value",
  COMMUNICATION_SERVICES_CONNECTION_STRING: CONNECTION_STRING,
  IDENTITY_STORE: "memory",
};

function problemsOf(variables: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(variables);
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
      clientSecret: "secret-value",
      teamsClientId: minimal.AZURE_CLIENT_ID,
      communication: { connectionString: CONNECTION_STRING },
      identityStore: { kind: "memory" },
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
      AZURE_AUTHORITY_HOST: "https://login.microsoftonline.us/",
      AZURE_LOG_LEVEL: "verbose",
      TEAMS_CLIENT_ID: "c0000000-0000-4000-8000-000000000002",
      CORS_ORIGINS: "http://localhost:3000, https://app.example",
      HOST: "127.0.0.1",
      PORT: "0",
    });
    expect(config).toMatchObject({
      communication: { endpoint: "https://resource.example" },
      authorityHost: "https://login.microsoftonline.us",
      logLevel: "verbose",
      teamsClientId: "c0000000-0000-4000-8000-000000000002",
      corsOrigins: ["http://localhost:3000", "https://app.example"],
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

  it.each(["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"])("misses %s", (name) => {
    expect(problemsOf({ ...minimal, [name]: undefined })).toEqual([`${name} is missing`]);
    expect(problemsOf({ ...minimal, [name]: "" })).toEqual([`${name} is missing`]);
  });

  it.each([
    ["AZURE_TENANT_ID", "wrong-value", "must be a GUID"],
    ["AZURE_TENANT_ID", "common", "must be a GUID"],
    ["AZURE_CLIENT_ID", "api://c0000000-0000-4000-8000-000000000001", "must be a GUID"],
    ["TEAMS_CLIENT_ID", "wrong-value", "must be a GUID"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "wrong-value", "malformed"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "endpoint=https://wrong-value.example/", "no accesskey"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "accesskey=d3Jvbmc=", "no endpoint"],
    ["COMMUNICATION_SERVICES_CONNECTION_STRING", "endpoint=http://wrong-value.example/;accesskey=d3Jvbmc=", "https"],
    ["IDENTITY_STORE", "wrong-value", "must be one of: graph, memory"],
    ["MAPPING_KEYS", "wrong-value", "id:base64"],
    ["MAPPING_KEYS", "wrong-value:d3Jvbmc=", "at least 32 bytes"],
    ["GRAPH_ENDPOINT", "http://wrong-value.example", "must be an https URL"],
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
    const [problem, ...others] = problemsOf({ ...minimal, [name]: value });
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
      "AZURE_CLIENT_SECRET is missing",
      "PORT must be a port number from 0 to 65535",
      "COMMUNICATION_SERVICES_CONNECTION_STRING or COMMUNICATION_SERVICES_ENDPOINT is missing",
      "MAPPING_KEYS is missing: IDENTITY_STORE=graph signs its mappings (id:base64 of 32 bytes)",
    ]);
  });
});
