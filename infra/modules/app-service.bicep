import { server as serverType } from 'types.bicep'

param server serverType
param planName string

@description('The smallest that never sleeps.')
param sku string = 'B1'

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: server.location
  tags: server.tags
  kind: 'linux'
  sku: { name: sku }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: server.name
  location: server.location
  tags: server.tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${server.identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: server.identityId
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node dist/server.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      healthCheckPath: '/health'
      minTlsVersion: '1.2'
      appSettings: concat(
        server.settings,
        [
          { name: 'PORT', value: '8080' }
          { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
          { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
          // Longer than the server takes to finish what it has begun.
          { name: 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', value: '25' }
        ],
        empty(server.mappingKeysUrl)
          ? []
          : [{ name: 'MAPPING_KEYS', value: '@Microsoft.KeyVault(SecretUri=${server.mappingKeysUrl})' }]
      )
    }
  }
}

/** No deployment with a user name and password. */
resource basicAuthentication 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [
  for name in ['ftp', 'scm']: {
    parent: app
    name: name
    properties: { allow: false }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'console'
  scope: app
  properties: {
    workspaceId: server.workspaceId
    logs: [{ category: 'AppServiceConsoleLogs', enabled: true }]
  }
}

output url string = 'https://${app.properties.defaultHostName}'
