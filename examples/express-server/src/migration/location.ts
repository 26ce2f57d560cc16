import type { IdentityStoreConfig } from "../config/identity-stores.js";

/** Names the place of a store's mappings, without any secret. */
export function locationOf(store: IdentityStoreConfig, tenantId: string): string {
  switch (store.kind) {
    case "memory":
      return "memory";
    case "graph":
      return `graph ${store.endpoint ?? ""} ${tenantId} ${store.extensionName ?? ""}`;
    case "cosmos":
      return `cosmos ${store.endpoint} ${store.databaseName} ${store.containerName}`;
    case "table": {
      const { account, tableName } = store;
      const place = "endpoint" in account ? account.endpoint : withoutSecrets(account.connectionString);
      return `table ${place} ${tableName}`;
    }
  }
}

function withoutSecrets(connectionString: string): string {
  return connectionString
    .split(";")
    .filter((part) => /^(?:AccountName|TableEndpoint|EndpointSuffix)=/i.test(part))
    .join(";");
}
