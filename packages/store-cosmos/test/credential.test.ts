import { createCertificateAuthority } from "@acs-auth/emulator";
import type { TokenCredential } from "@azure/core-auth";
import { type CosmosServer, DATABASE, startCosmosServer } from "test-support/cosmos-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CosmosIdentityStore } from "../src/index.js";
import { mappingOf, user } from "./support/fixtures.js";

let server: CosmosServer;

beforeAll(async () => {
  const authority = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  server = await startCosmosServer(await authority.issueCertificate());
});
afterAll(() => server.close());

async function createStore(credential: TokenCredential): Promise<CosmosIdentityStore> {
  const { id: containerName } = await server.createContainer();
  const endpoint = `https://localhost:${server.port}`;
  return new CosmosIdentityStore({ endpoint, credential, databaseName: DATABASE, containerName });
}

describe("a credential", () => {
  it("is asked for a token of the account, which goes with every request", async () => {
    const scopes: unknown[] = [];
    const token = { token: "a.fixture.token", expiresOnTimestamp: Date.now() + 3_600_000 };
    const store = await createStore({
      getToken: async (scope) => {
        scopes.push(scope);
        return token;
      },
    });
    const authorizations: unknown[] = [];
    server.onRequest(({ headers }) => authorizations.push(headers.authorization));
    await store.insertIfAbsent(mappingOf(1));
    expect(await store.get(user(1))).toEqual(mappingOf(1));
    expect(new Set(scopes.flat())).toEqual(new Set([`https://localhost:${server.port}/.default`]));
    expect(authorizations).toHaveLength(4);
    for (const authorization of authorizations)
      expect(authorization).toMatch(/type=aad&ver=1\.0&sig=a\.fixture\.token$/);
  });

  it("that fails is asked three times at most, and quoted without secrets", async () => {
    let asked = 0;
    const store = await createStore({
      getToken: async () => {
        asked++;
        throw Object.assign(new Error("client_secret=hunter2 was refused"), { code: "ECONNRESET" });
      },
    });
    const error: unknown = await store.get(user(1)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "store_unavailable",
      cause: { message: expect.stringContaining("was refused") },
    });
    expect(JSON.stringify([error, String(Object(error).cause)])).not.toContain("hunter2");
    expect(asked).toBe(3);
  });
});
