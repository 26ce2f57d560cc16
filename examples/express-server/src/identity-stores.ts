import { EntraAuthorityHosts, type ListableIdentityStore } from "@acs-auth/core";
import { CosmosIdentityStore } from "@acs-auth/store-cosmos";
import { type GraphAccess, GraphIdentityStore } from "@acs-auth/store-graph";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import { TableIdentityStore } from "@acs-auth/store-table";
import type { Proof } from "./config/config.js";
import type { IdentityStoreConfig } from "./config/identity-stores.js";
import { createCredential } from "./credential.js";

/** What a store needs besides its own settings. */
export interface StoreSurroundings {
  readonly authorityHost: string;
  readonly proof: Proof;
  /** How Graph is reached: as the signed-in user or as this application. */
  readonly graphAccess: GraphAccess;
}

export function createIdentityStore(
  config: IdentityStoreConfig,
  surroundings: StoreSurroundings,
): ListableIdentityStore {
  const { authorityHost, graphAccess } = surroundings;
  switch (config.kind) {
    case "memory":
      return new MemoryIdentityStore();
    case "graph":
      return new GraphIdentityStore({
        access: graphAccess,
        mappingKeys: config.mappingKeys,
        cloud: authorityHost === EntraAuthorityHosts.usGovernment ? "usGovernment" : "global",
        ...(config.extensionName ? { extensionName: config.extensionName } : {}),
        ...(config.endpoint ? { graphEndpoint: config.endpoint } : {}),
      });
    case "cosmos": {
      const { endpoint, key, databaseName, containerName } = config;
      const access = key === undefined ? { credential: createCredential(surroundings) } : { key };
      return new CosmosIdentityStore({ endpoint, databaseName, containerName, ...access });
    }
    case "table": {
      const { account, tableName } = config;
      if ("connectionString" in account) return new TableIdentityStore({ ...account, tableName });
      return new TableIdentityStore({ ...account, tableName, credential: createCredential(surroundings) });
    }
  }
}
