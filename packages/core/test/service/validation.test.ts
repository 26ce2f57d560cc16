import { describe, expect, it } from "vitest";
import { AcsAuthService, type AcsAuthServiceOptions, createIdentityClient, type UserKey } from "../../src/index.js";
import { ScriptedStore } from "../support/scripted-store.js";

const identityClient = createIdentityClient("endpoint=https://localhost:9;accesskey=a2V5");
const USER: UserKey = { tenantId: "issuer", objectId: "subject" };

function create(options: object = {}): AcsAuthService {
  return new AcsAuthService({ identityClient, store: new ScriptedStore(), ...options } as AcsAuthServiceOptions);
}

describe("options that cannot work", () => {
  it.each([
    ["identityClient", { identityClient: undefined }],
    ["identityClient", { identityClient: {} }],
    ["store", { store: undefined }],
    ["store", { store: { get() {} } }],
    ["teamsTokenVerifier", { teamsTokenVerifier: {} }],
    ["scopes", { tokenScopes: [] }],
    ["scopes", { tokenScopes: ["chat", "everything"] }],
    ["tokenExpiresInMinutes", { tokenExpiresInMinutes: 59 }],
    ["tokenExpiresInMinutes", { tokenExpiresInMinutes: 1441 }],
    ["tokenExpiresInMinutes", { tokenExpiresInMinutes: 60.5 }],
    ["timeoutInMs", { timeoutInMs: 0 }],
    ["resourceId", { resourceId: "my-resource" }],
    ["replaceDisownedIdentity", { replaceDisownedIdentity: ["always"] }],
    ["onOrphanedIdentity", { onOrphanedIdentity: "log" }],
    ["mappingCache.maxEntries", { mappingCache: { maxEntries: -1 } }],
    ["tokenReuse.minRemainingInMinutes", { tokenReuse: { minRemainingInMinutes: -1 } }],
  ])("%s is named in a TypeError", (name, options) => {
    expect(() => create(options)).toThrow(TypeError);
    expect(() => create(options)).toThrow(name);
  });
});

describe("arguments that cannot work", () => {
  it.each([
    undefined,
    null,
    {},
    { tenantId: "t" },
    { tenantId: "", objectId: "o" },
    { tenantId: "t", objectId: 1 },
    { tenantId: "t", objectId: "o".repeat(1025) },
  ])("user %j is a TypeError before any remote call", async (user) => {
    const store = new ScriptedStore();
    const service = create({ store });
    for (const call of [
      service.getOrCreateUser(user as UserKey),
      service.getUser(user as UserKey),
      service.issueToken(user as UserKey),
      service.revokeTokens(user as UserKey),
      service.deleteUser(user as UserKey),
    ]) {
      await expect(call).rejects.toThrow(TypeError);
    }
    expect(store.calls).toEqual([]);
  });

  it.each([
    { scopes: [] },
    { scopes: ["bogus"] },
    { scopes: "chat" },
    { tokenExpiresInMinutes: 59 },
    { tokenExpiresInMinutes: 1441 },
    { tokenExpiresInMinutes: Number.NaN },
  ])("issueToken with %j is a TypeError before any remote call", async (options) => {
    const store = new ScriptedStore();
    await expect(create({ store }).issueToken(USER, options as object)).rejects.toThrow(TypeError);
    expect(store.calls).toEqual([]);
  });
});
