import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificateAuthority } from "@acs-auth/emulator";
import type { TokenCredential } from "@azure/core-auth";
import { type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TableIdentityStore } from "../src/index.js";
import { expectCode } from "./support/harness.js";
import { mapping, newTableName, USER } from "./support/tables.js";

let directory: string;
let ca: string;
let azurite: Azurite;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "acs-auth-tls-"));
  const authority = await createCertificateAuthority(directory);
  ca = readFileSync(authority.caFile, "utf8");
  azurite = await startAzurite(await authority.issueCertificate());
});
afterAll(async () => {
  await azurite.close();
  await rm(directory, { recursive: true });
});

const inSeconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

/** A token as Entra ID issues it for Azure Storage. Azurite checks its claims and not its signature. */
function storageToken(overrides: Readonly<Record<string, unknown>> = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const times = { iat: inSeconds(-60), nbf: inSeconds(-60), exp: inSeconds(3_600) };
  const claims = { aud: "https://storage.azure.com", iss: "https://sts.windows.net/fixture/", ...times, ...overrides };
  return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.${Buffer.from("signature").toString("base64url")}`;
}

function newStore(credential: TokenCredential, requestTimeoutInMs?: number): TableIdentityStore {
  return new TableIdentityStore({
    endpoint: azurite.endpoint,
    tableName: newTableName(),
    credential,
    createTable: true,
    clientOptions: { tlsOptions: { ca } },
    ...(requestTimeoutInMs === undefined ? {} : { requestTimeoutInMs }),
  });
}

it("a token credential is asked for a token for Azure Storage, which the service takes", async () => {
  const scopes: unknown[] = [];
  const store = newStore({
    async getToken(scope) {
      scopes.push(scope);
      return { token: storageToken(), expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  expect((await store.insertIfAbsent(mapping())).inserted).toBe(true);
  expect(await store.get(USER)).toEqual(mapping());
  expect(await store.removeIfMatches(USER, mapping().communicationUserId)).toBe(true);
  expect(scopes).toEqual([["https://storage.azure.com/.default"]]);
});

it("a token that the service refuses is store_denied and appears in no error", async () => {
  const token = storageToken({ exp: inSeconds(-30) });
  const store = newStore({ getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) });
  const error = await expectCode(store.insertIfAbsent(mapping()), "store_denied");
  expect(
    Object.values({ ...error, cause: error.cause, message: error.message, stack: error.stack }).join(),
  ).not.toContain(token);
});

it("a credential that fails makes the store unavailable, and is not asked again", async () => {
  let asked = 0;
  const store = newStore({
    async getToken() {
      asked += 1;
      throw Object.assign(new Error("No managed identity here."), { name: "CredentialUnavailableError" });
    },
  });
  const { cause } = await expectCode(store.get(USER), "store_unavailable");
  expect((cause as Error).cause).toMatchObject({ message: "No managed identity here." });
  expect(asked).toBe(1);
});

it("a credential that never answers is not waited for", async () => {
  const store = newStore({ getToken: () => new Promise(() => {}) }, 100);
  await expectCode(store.get(USER), "store_unavailable");
});
