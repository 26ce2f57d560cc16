import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  appOnly,
  GraphIdentityStore,
  type GraphIdentityStoreOptions,
  type OnBehalfOfOptions,
  onBehalfOf,
} from "../src/index.js";

const credential = { getToken: async () => null };
const mappingKeys = [{ id: "one", key: randomBytes(32) }];
const valid: GraphIdentityStoreOptions = { access: appOnly({ credential }), mappingKeys };
const isInUseByAnother = async () => false;

function construct(changes: Record<string, unknown>): GraphIdentityStore {
  return new GraphIdentityStore({ ...valid, ...changes } as GraphIdentityStoreOptions);
}

describe("GraphIdentityStore", () => {
  it("says what it can promise", () => {
    const store = construct({});
    expect(store.name).toBe("graph");
    expect(store.capabilities).toEqual({ insert: "best-effort", conditionalRemove: false, list: false });
  });

  it.each<[string, RegExp, Record<string, unknown>]>([
    ["no access", /access/, { access: undefined }],
    ["no keys", /mappingKeys is required/, { mappingKeys: undefined }],
    ["keys and trust at once", /exclude each other/, { dangerouslyTrustUnsignedMappings: true }],
    [
      "trust that is not true",
      /mappingKeys is required/,
      { mappingKeys: undefined, dangerouslyTrustUnsignedMappings: 1 },
    ],
    ["a name of two parts", /extensionName/, { extensionName: "contoso.mapping" }],
    ["a name under com.microsoft", /extensionName/, { extensionName: "Com.Microsoft.mapping" }],
    ["a name under com.onmicrosoft", /extensionName/, { extensionName: "com.onMicrosoft.mapping" }],
    ["a name with a slash", /extensionName/, { extensionName: "com.contoso.a/b" }],
    ["a name that is too long", /extensionName/, { extensionName: `com.contoso.${"a".repeat(120)}` }],
    ["an unknown cloud", /cloud/, { cloud: "mars" }],
    ["a cloud named like a method", /cloud/, { cloud: "toString" }],
    ["the China cloud", /China/, { cloud: "china" }],
    ["plain http", /graphEndpoint/, { graphEndpoint: "http://localhost:8445" }],
    ["an endpoint with credentials", /graphEndpoint/, { graphEndpoint: "https://a:b@localhost" }],
    ["an endpoint with a query", /graphEndpoint/, { graphEndpoint: "https://localhost?a" }],
    ["an IPv6 endpoint", /graphEndpoint/, { graphEndpoint: "https://[::1]:8445" }],
    ["an endpoint that is no URL", /graphEndpoint/, { graphEndpoint: "localhost" }],
    ["a timeout of zero", /requestTimeoutInMs/, { requestTimeoutInMs: 0 }],
    ["adoption without a check", /isInUseByAnother/, { adoptUnsignedMappings: {} }],
    [
      "adoption of its own extension",
      /must differ/,
      {
        adoptUnsignedMappings: { extensionName: "com.contoso.own", isInUseByAnother },
        extensionName: "com.contoso.own",
      },
    ],
  ])("refuses %s", (_, message, changes) => {
    expect(() => construct(changes)).toThrow(TypeError);
    expect(() => construct(changes)).toThrow(message);
  });

  it.each(["com.contoso.identityMapping", "org.example.sub.mapping2", "io.github.acsauth.x"])(
    "takes %s as name",
    (name) => {
      expect(() => construct({ extensionName: name })).not.toThrow();
    },
  );

  it.each([
    { tenantId: "contoso.com", objectId: "b0000000-0000-4000-8000-000000000001" },
    { tenantId: "a0000000-0000-4000-8000-000000000001", objectId: "me" },
    { tenantId: "https://accounts.example", objectId: "../../users" },
  ])("refuses a user who is not of Entra ID, without repeating the ids", async (user) => {
    const thrown = await construct({})
      .get(user)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).not.toContain(user.tenantId);
    expect(String(thrown)).not.toContain(user.objectId);
  });
});

describe("onBehalfOf", () => {
  const clientId = "c0000000-0000-4000-8000-000000000001";

  it.each<[string, RegExp, Record<string, unknown>]>([
    ["no client id", /clientId/, { clientSecret: "a" }],
    ["no credential", /exactly one/, { clientId }],
    ["two credentials", /exactly one/, { clientId, clientSecret: "a", certificatePath: "b" }],
    ["an empty secret", /clientSecret/, { clientId, clientSecret: "" }],
    ["an assertion that is no function", /getAssertion/, { clientId, getAssertion: "a" }],
    ["an authority over http", /authorityHost/, { clientId, clientSecret: "a", authorityHost: "http://localhost" }],
    ["an empty tenant", /tenantId/, { clientId, clientSecret: "a", tenantId: "" }],
    ["a cache of no users", /maxCachedUsers/, { clientId, clientSecret: "a", maxCachedUsers: 0 }],
  ])("refuses %s", (_, message, options) => {
    const construct = () => onBehalfOf(options as unknown as OnBehalfOfOptions);
    expect(construct).toThrow(TypeError);
    expect(construct).toThrow(message);
  });
});

it("appOnly refuses what is no credential", () => {
  expect(() => appOnly({ credential: {} as typeof credential })).toThrow(TypeError);
});
