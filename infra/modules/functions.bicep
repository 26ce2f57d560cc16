import { server as serverType } from 'types.bicep'

param server serverType
param planName string
param storageName string
param identityClientId string
param principalId string

/** Storage Blob Data Owner, what the host asks for: https://learn.microsoft.com/azure/azure-functions/functions-reference */
var blobOwnerRole = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

/** The host's own, for its package and its keys. No mapping is kept here. */
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: server.location
  tags: server.tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'packages'
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, principalId, blobOwnerRole)
  scope: storage
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobOwnerRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: server.location
  tags: server.tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: server.name
  location: server.location
  tags: server.tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${server.identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: server.identityId
    functionAppConfig: {
      runtime: { name: 'node', version: '22' }
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packages.name}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: server.identityId }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(
        server.settings,
        [
          { name: 'AzureWebJobsStorage__accountName', value: storage.name }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
        ],
        empty(server.mappingKeysUrl)
          ? []
          : [{ name: 'MAPPING_KEYS', value: '@Microsoft.KeyVault(SecretUri=${server.mappingKeysUrl})' }]
      )
    }
  }
  dependsOn: [access]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'console'
  scope: app
  properties: {
    workspaceId: server.workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
  }
}

output url string = 'https://${app.properties.defaultHostName}'
