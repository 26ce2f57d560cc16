import type { Node } from "web-tree-sitter";
import { all, type Resource, resourcesOf, type Template, textsOf, valueAt } from "./bicep.js";

/** Every role that the server's identity has, and the kind of resource that it has it on. */
const NEEDED_ROLES: readonly string[] = [
  // Communication and Email Service Owner
  "09976791-48a7-449e-bb21-39d1a415f350 on Microsoft.Communication/communicationServices",
  // AcrPull
  "7f951dda-4ed3-4680-a7ca-43fe172d538d on Microsoft.ContainerRegistry/registries",
  // Storage Blob Data Owner
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b on Microsoft.Storage/storageAccounts",
  // Key Vault Secrets User
  "4633458b-17de-408a-b874-0445c86b69e6 on Microsoft.KeyVault/vaults",
  // Storage Table Data Contributor
  "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 on Microsoft.Storage/storageAccounts/tableServices/tables",
  // Of Cosmos DB's own roles
  "role on Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers",
];

const NEEDED_DATA_ACTIONS: readonly string[] = [
  "Microsoft.DocumentDB/databaseAccounts/readMetadata",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read",
  "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete",
];

const ASSIGNMENT = "Microsoft.Authorization/roleAssignments";
const COSMOS_ASSIGNMENT = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments";

export function roleProblems(template: Template): string[] {
  const files = Object.entries(template).map(([file, text]) => ({ file, text, resources: resourcesOf(text) }));
  const given = files.flatMap(({ file, text, resources }) =>
    resources
      .filter(({ type }) => type === ASSIGNMENT || type === COSMOS_ASSIGNMENT)
      .map((assignment) => ({ file, assignment, role: roleOf(assignment, resources, textsOf(text)) })),
  );
  const roles = given.map(({ role }) => role);
  return [
    ...NEEDED_ROLES.filter((role) => !roles.includes(role)).map((role) => `the server is not given ${role}`),
    ...given
      .filter(({ role }) => !NEEDED_ROLES.includes(role))
      .map(({ file, role }) => `${file}: nobody needs ${role}`),
    ...given
      .filter(({ assignment }) => valueAt(assignment.body, "properties.principalId")?.text !== "principalId")
      .map(({ file, role }) => `${file}: ${role} is not given to the server's identity`),
    ...files.flatMap(({ file, resources }) => dataActionProblems(file, resources)),
  ];
}

/** The ids of roles that a guide does not name. */
export function unnamedRoles(guide: string): string[] {
  const ids = NEEDED_ROLES.map((role) => role.split(" on ")[0] ?? "").filter((id) => /^[\da-f-]{36}$/.test(id));
  return ids.filter((id) => !guide.includes(id));
}

function roleOf({ type, body }: Resource, resources: readonly Resource[], texts: ReadonlyMap<string, string>): string {
  if (type === COSMOS_ASSIGNMENT) {
    const role = valueAt(body, "properties.roleDefinitionId")?.text.replace(/\.id$/, "");
    return `${role} on ${cosmosScopeOf(valueAt(body, "properties.scope"))}`;
  }
  const scope = resources.find(({ symbol }) => symbol === valueAt(body, "scope")?.text);
  const definition = valueAt(body, "properties.roleDefinitionId");
  const name = definition && all(definition, "arguments")[0]?.namedChildren.at(-1)?.text;
  return `${texts.get(name ?? "") ?? name} on ${scope?.type ?? "the whole resource group"}`;
}

function cosmosScopeOf(scope: Node | undefined): string {
  const account = "Microsoft.DocumentDB/databaseAccounts";
  const [, database, container] =
    /\/dbs\/\$\{(\w+)\.name\}(?:\/colls\/\$\{(\w+)\.name\})?'$/.exec(scope?.text ?? "") ?? [];
  return [account, database && "sqlDatabases", container && "containers"].filter(Boolean).join("/");
}

function dataActionProblems(file: string, resources: readonly Resource[]): string[] {
  return resources
    .filter(({ type }) => type === "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions")
    .flatMap(({ symbol, body }) => {
      const permissions = valueAt(body, "properties.permissions");
      const actions = permissions ? all(permissions, "string_content").map(({ text }) => text) : [];
      return [
        ...NEEDED_DATA_ACTIONS.filter((action) => !actions.includes(action)).map(
          (action) => `${file}: ${symbol} lacks ${action}`,
        ),
        ...actions
          .filter((action) => !NEEDED_DATA_ACTIONS.includes(action))
          .map((action) => `${file}: ${symbol} allows ${action}, which nobody needs`),
      ];
    });
}
