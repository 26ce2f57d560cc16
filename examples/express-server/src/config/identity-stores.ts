import type { MappingKey } from "@acs-auth/store-graph";
import type { CommonEnvironment, IDENTITY_STORES, Variables } from "./environment.js";
import { oneOfTwoProblems } from "./problems.js";

/** Where mappings are kept. Without a key or connection string, the credentials of the environment are used. */
export type IdentityStoreConfig =
  | { readonly kind: "memory" }
  | {
      readonly kind: "graph";
      readonly mappingKeys: readonly MappingKey[];
      readonly extensionName: string | undefined;
      readonly endpoint: string | undefined;
    }
  | {
      readonly kind: "cosmos";
      readonly endpoint: string;
      readonly key: string | undefined;
      readonly databaseName: string;
      readonly containerName: string;
    }
  | {
      readonly kind: "table";
      readonly account: { readonly connectionString: string } | { readonly endpoint: string };
      readonly tableName: string;
    };

export type IdentityStoreKind = (typeof IDENTITY_STORES)[number];

/** What each store misses among the variables. */
const PROBLEMS: Readonly<Record<IdentityStoreKind, (given: Variables, variable: string) => string[]>> = {
  memory: () => [],
  graph: ({ MAPPING_KEYS }, variable) =>
    MAPPING_KEYS === undefined
      ? [`MAPPING_KEYS is missing: ${variable}=graph signs its mappings (id:base64 of 32 bytes)`]
      : [],
  cosmos: ({ COSMOS_ENDPOINT }, variable) =>
    COSMOS_ENDPOINT === undefined ? [`COSMOS_ENDPOINT is missing: ${variable}=cosmos needs it`] : [],
  table: (given) => oneOfTwoProblems(given, ["TABLE_CONNECTION_STRING", "TABLE_ENDPOINT"]),
};

/** What is wrong with the stores between the variables, each of which is checked by itself elsewhere. */
export function storeProblems(given: Variables): string[] {
  const { IDENTITY_STORE = "graph", PREVIOUS_IDENTITY_STORE } = given;
  return [
    ...missingFor(given, IDENTITY_STORE, "IDENTITY_STORE"),
    ...(PREVIOUS_IDENTITY_STORE === undefined ? [] : moveProblems(given, IDENTITY_STORE, PREVIOUS_IDENTITY_STORE)),
  ];
}

function moveProblems(given: Variables, current: string, previous: string): string[] {
  if (current === previous) return ["PREVIOUS_IDENTITY_STORE must be another store than IDENTITY_STORE"];
  if (current === "memory") return ["IDENTITY_STORE=memory cannot be moved to: it loses its mappings"];
  return missingFor(given, previous, "PREVIOUS_IDENTITY_STORE");
}

function missingFor(given: Variables, kind: string, variable: string): string[] {
  return isKind(kind) ? PROBLEMS[kind](given, variable) : [];
}

function isKind(value: string): value is IdentityStoreKind {
  return Object.hasOwn(PROBLEMS, value);
}

/** The settings of one store; `undefined` where {@link storeProblems} says what is missing. */
export function identityStoreOf(values: CommonEnvironment, kind: IdentityStoreKind): IdentityStoreConfig | undefined {
  switch (kind) {
    case "memory":
      return { kind };
    case "graph": {
      const { MAPPING_KEYS: mappingKeys, GRAPH_EXTENSION_NAME: extensionName, GRAPH_ENDPOINT: endpoint } = values;
      return mappingKeys && { kind, mappingKeys, extensionName, endpoint };
    }
    case "cosmos": {
      const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key } = values;
      const names = { databaseName: values.COSMOS_DATABASE, containerName: values.COSMOS_CONTAINER };
      return endpoint === undefined ? undefined : { kind, endpoint, key, ...names };
    }
    case "table": {
      const { TABLE_CONNECTION_STRING: connectionString, TABLE_ENDPOINT: endpoint, TABLE_NAME: tableName } = values;
      if (connectionString !== undefined) return { kind, account: { connectionString }, tableName };
      return endpoint === undefined ? undefined : { kind, account: { endpoint }, tableName };
    }
  }
}
