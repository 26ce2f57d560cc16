import { AcsAuthError, type AcsAuthErrorCode } from "@acs-auth/core";
import type { TableClient } from "@azure/data-tables";
import { ACCOUNT, type Azurite, startAzurite } from "test-support/azurite";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { TableIdentityStore } from "../../src/index.js";
import { type ScriptedProxy, startScriptedProxy } from "./scripted-proxy.js";
import { CREDENTIAL, newClient, newTableName } from "./tables.js";

/** What a test works with: a table of its own, past a proxy of its own. */
export interface Fixture {
  readonly proxy: ScriptedProxy;
  /** The account's endpoint behind the proxy. */
  readonly endpoint: string;
  readonly tableName: string;
  /** The table, past the proxy. */
  readonly table: TableClient;
  newStore(options?: { readonly createTable?: boolean; readonly requestTimeoutInMs?: number }): TableIdentityStore;
}

/** One Azurite per test file; a table and a proxy per test. */
export function useTable(): () => Fixture {
  let azurite: Azurite;
  let fixture: Fixture;
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite.close());

  beforeEach(async () => {
    const tableName = newTableName();
    const table = newClient(azurite.endpoint, tableName);
    await table.createTable();
    const proxy = await startScriptedProxy(azurite.port);
    const endpoint = `${proxy.origin}/${ACCOUNT.name}`;
    const newStore: Fixture["newStore"] = (options) =>
      new TableIdentityStore({
        endpoint,
        tableName,
        credential: CREDENTIAL,
        clientOptions: { allowInsecureConnection: true },
        ...options,
      });
    fixture = { proxy, endpoint, tableName, table, newStore };
  });
  afterEach(async () => {
    await fixture.proxy.close();
    await fixture.table.deleteTable();
  });
  return () => fixture;
}

/** Expects a call to reject with an `AcsAuthError` of this code, and returns it. */
export async function expectCode(call: Promise<unknown>, code: AcsAuthErrorCode): Promise<AcsAuthError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!AcsAuthError.is(error)) throw new Error("The call should have rejected with an AcsAuthError.", { cause: error });
  expect(error.code).toBe(code);
  return error;
}
