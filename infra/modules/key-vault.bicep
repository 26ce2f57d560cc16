param name string
param location string
param tags object
param principalId string
param workspaceId string

@secure()
@description('Empty leaves the secret as it is.')
param mappingKeys string

/** Key Vault Secrets User: https://learn.microsoft.com/azure/key-vault/general/rbac-guide */
var secretsUserRole = '4633458b-17de-408a-b874-0445c86b69e6'

/** Without the keys no mapping can be read any more: what is deleted stays recoverable for 90 days. */
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(mappingKeys)) {
  parent: vault
  name: 'mapping-keys'
  properties: { value: mappingKeys }
}

/** May read secrets of this vault, which holds nothing else. */
resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, secretsUserRole)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUserRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output name string = vault.name
output mappingKeysUrl string = '${vault.properties.vaultUri}secrets/mapping-keys'
