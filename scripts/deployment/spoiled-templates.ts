/** One thing that is wrong with a template, and what the check says of it. */
export interface SpoiledTemplate {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly problems: readonly string[];
}

const TABLES = "Microsoft.Storage/storageAccounts/tableServices/tables";
const TABLE_ROLE = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
const COSMOS = "Microsoft.DocumentDB/databaseAccounts";

/** By the check that has to find it. */
export const SPOILED_TEMPLATES = {
  syntaxProblems: [
    {
      file: "modules/monitoring.bicep",
      find: "retentionInDays: 30",
      replace: "retentionInDays = 30",
      problems: ["modules/monitoring.bicep:11 is not well-formed: retentionInDays = 30"],
    },
  ],
  moduleProblems: [
    {
      file: "resources.bicep",
      find: "    workspaceId: monitoring.outputs.workspaceId\n  }\n}\n\nmodule cosmos",
      replace: "  }\n}\n\nmodule cosmos",
      problems: ["resources.bicep: module communication is not given workspaceId"],
    },
    {
      file: "resources.bicep",
      find: "params: { server: server, planName",
      replace: "params: { server: server, size: 'B1', planName",
      problems: ["resources.bicep: module appService is given size, which it does not take"],
    },
    {
      file: "modules/table.bicep",
      find: "output endpoint string",
      replace: "output url string",
      problems: ["resources.bicep: module table is asked for endpoint, which it does not tell"],
    },
  ],
  parameterFileProblems: [
    {
      file: "main.bicep",
      find: "param image string = ''",
      replace: "param containerImage string = ''",
      problems: [
        "main.parameters.json does not give containerImage",
        "main.parameters.json gives image, which main.bicep does not take",
      ],
    },
  ],
  settingProblems: [
    {
      file: "resources.bicep",
      find: "name: 'COSMOS_ENDPOINT'",
      replace: "name: 'COSMOS_URL'",
      problems: ["resources.bicep: nothing reads COSMOS_URL"],
    },
    {
      file: "resources.bicep",
      find: "    { name: 'AZURE_TENANT_ID', value: tenant().tenantId }\n",
      replace: "",
      problems: ["the server is not given AZURE_TENANT_ID"],
    },
    {
      file: "modules/app-service.bicep",
      find: "name: 'MAPPING_KEYS'",
      replace: "name: 'MAPPING_KEY'",
      problems: [
        "modules/app-service.bicep: the server is not given MAPPING_KEYS",
        "modules/app-service.bicep: nothing reads MAPPING_KEY",
      ],
    },
  ],
  roleProblems: [
    {
      file: "modules/table.bicep",
      find: "Microsoft.Authorization/roleAssignments@2022-04-01",
      replace: "Microsoft.Authorization/locks@2020-05-01",
      problems: [`the server is not given ${TABLE_ROLE} on ${TABLES}`],
    },
    {
      file: "modules/table.bicep",
      find: "  scope: identities\n",
      replace: "",
      problems: [
        `the server is not given ${TABLE_ROLE} on ${TABLES}`,
        `modules/table.bicep: nobody needs ${TABLE_ROLE} on the whole resource group`,
      ],
    },
    {
      file: "modules/table.bicep",
      find: "  scope: identities\n",
      replace: "  scope: account\n",
      problems: [
        `the server is not given ${TABLE_ROLE} on ${TABLES}`,
        `modules/table.bicep: nobody needs ${TABLE_ROLE} on Microsoft.Storage/storageAccounts`,
      ],
    },
    {
      file: "modules/key-vault.bicep",
      find: "'4633458b-17de-408a-b874-0445c86b69e6'",
      replace: "'00482a5a-887f-4fb3-b363-3b7fe8e74483'",
      problems: [
        "the server is not given 4633458b-17de-408a-b874-0445c86b69e6 on Microsoft.KeyVault/vaults",
        "modules/key-vault.bicep: nobody needs 00482a5a-887f-4fb3-b363-3b7fe8e74483 on Microsoft.KeyVault/vaults",
      ],
    },
    {
      file: "modules/container-app.bicep",
      find: "    principalId: principalId\n",
      replace: "    principalId: managedEnvironment.identity.principalId\n",
      problems: [
        "modules/container-app.bicep: 7f951dda-4ed3-4680-a7ca-43fe172d538d on Microsoft.ContainerRegistry/registries is not given to the server's identity",
      ],
    },
    {
      file: "modules/cosmos.bicep",
      find: "    scope: '",
      replace: "    scope: account.id // '",
      problems: [
        `the server is not given role on ${COSMOS}/sqlDatabases/containers`,
        `modules/cosmos.bicep: nobody needs role on ${COSMOS}`,
      ],
    },
    {
      file: "modules/cosmos.bicep",
      find: `          '${COSMOS}/sqlDatabases/containers/items/delete'\n`,
      replace: `          '${COSMOS}/sqlDatabases/containers/items/upsert'\n`,
      problems: [
        `modules/cosmos.bicep: role lacks ${COSMOS}/sqlDatabases/containers/items/delete`,
        `modules/cosmos.bicep: role allows ${COSMOS}/sqlDatabases/containers/items/upsert, which nobody needs`,
      ],
    },
  ],
  secretProblems: [
    {
      file: "modules/communication.bicep",
      find: "output endpoint string = ",
      replace: "output endpoint string = communication.listKeys().primaryConnectionString // ",
      problems: ["modules/communication.bicep: communication.listKeys() reads a key"],
    },
    {
      file: "modules/key-vault.bicep",
      find: "output name string = vault.name",
      replace: "output name string = mappingKeys",
      problems: ["modules/key-vault.bicep: output name tells a secret"],
    },
    {
      file: "resources.bicep",
      find: "@secure()\n",
      replace: "",
      problems: ["main.bicep: module resources takes the secret mappingKeys without @secure()"],
    },
    {
      file: "modules/key-vault.bicep",
      find: "    enableSoftDelete: true\n",
      replace: "    enableSoftDelete: true\n    note: mappingKeys\n",
      problems: ["modules/key-vault.bicep: vault holds a secret, which belongs into Key Vault"],
    },
  ],
  accessProblems: [
    {
      file: "modules/communication.bicep",
      find: ", disableLocalAuth: true",
      replace: "",
      problems: ["modules/communication.bicep: communication needs properties.disableLocalAuth: true"],
    },
    {
      file: "modules/functions.bicep",
      find: "allowSharedKeyAccess: false",
      replace: "allowSharedKeyAccess: true",
      problems: ["modules/functions.bicep: storage needs properties.allowSharedKeyAccess: false"],
    },
    {
      file: "modules/container-app.bicep",
      find: "allowInsecure: false",
      replace: "allowInsecure: true",
      problems: ["modules/container-app.bicep: app needs properties.configuration.ingress.allowInsecure: false"],
    },
  ],
} satisfies Record<string, readonly SpoiledTemplate[]>;
