import type { IdentityStore } from "@acs-auth/core";
import { TableIdentityStore } from "@acs-auth/store-table";
import { ACCOUNT } from "test-support/azurite";
import { type Step, serverAt } from "./servers.js";

/** The two tables of a move, and where they are. */
export interface TwoTables {
  readonly endpoint: string;
  readonly currentTable: string;
  readonly previousTable: string;
}

export function openTable(endpoint: string, tableName: string): TableIdentityStore {
  const tableEndpoint = `TableEndpoint=${endpoint}`;
  return new TableIdentityStore({
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT.name};AccountKey=${ACCOUNT.key};${tableEndpoint};`,
    tableName,
    createTable: true,
    clientOptions: { allowInsecureConnection: true },
  });
}

/** What a server at this step of the move has for its store. */
export function openAt(step: Step, { endpoint, currentTable, previousTable }: TwoTables): IdentityStore {
  return serverAt(step, openTable(endpoint, currentTable), openTable(endpoint, previousTable));
}

/** How a process started by the conformance suite makes a store. */
export function createStore({ step, tables }: { step: Step; tables: TwoTables }): IdentityStore {
  return openAt(step, tables);
}
