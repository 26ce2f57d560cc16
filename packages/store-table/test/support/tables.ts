import { randomBytes } from "node:crypto";
import type { IdentityMapping, UserKey } from "@acs-auth/core";
import { AzureNamedKeyCredential, TableClient } from "@azure/data-tables";
import { ACCOUNT } from "test-support/azurite";

export const CREDENTIAL = new AzureNamedKeyCredential(ACCOUNT.name, ACCOUNT.key);

export const USER = {
  tenantId: "33333333-3333-4333-8333-333333333333",
  objectId: "44444444-4444-4444-8444-444444444444",
};

/** The raw id of a made-up ACS identity. */
export function communicationUserId(n: number): string {
  return `8:acs:11111111-1111-4111-8111-111111111111_${n.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

export function mapping(overrides: Partial<IdentityMapping> = {}): IdentityMapping {
  return {
    user: USER,
    communicationUserId: communicationUserId(1),
    createdOn: new Date("2026-01-02T03:04:05.678Z"),
    ...overrides,
  };
}

export function newTableName(): string {
  return `test${randomBytes(8).toString("hex")}`;
}

/** A client as an application would make it for the store. */
export function newClient(endpoint: string, tableName: string): TableClient {
  return new TableClient(endpoint, tableName, CREDENTIAL, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
}

/** What a table holds for a user, found by the columns that people read and not by the store's keys. */
export async function findMapping(client: TableClient, user: UserKey): Promise<string | undefined> {
  for await (const entity of client.listEntities()) {
    if (unescaped(entity["tenantId"]) === user.tenantId && unescaped(entity["objectId"]) === user.objectId) {
      return String(entity["communicationUserId"]);
    }
  }
  return undefined;
}

function unescaped(column: unknown): unknown {
  return JSON.parse(`"${column}"`);
}
