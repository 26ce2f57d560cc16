import { server as serverType } from 'types.bicep'

param server serverType
param registryName string
param environmentName string
param principalId string

@description('Empty until there is one: a page of Microsoft stands in.')
param image string

var port = 8080

/** AcrPull: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers */
var pullRole = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: registryName
  location: server.location
  tags: server.tags
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, principalId, pullRole)
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource managedEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: environmentName
  location: server.location
  tags: server.tags
  properties: { appLogsConfiguration: { destination: 'azure-monitor' } }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'console'
  scope: managedEnvironment
  properties: {
    workspaceId: server.workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: server.name
  location: server.location
  tags: union(server.tags, { 'azd-service-name': 'server' })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${server.identityId}': {} }
  }
  properties: {
    managedEnvironmentId: managedEnvironment.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, allowInsecure: false, targetPort: port }
      registries: [{ server: registry.properties.loginServer, identity: server.identityId }]
      secrets: empty(server.mappingKeysUrl)
        ? []
        : [{ name: 'mapping-keys', keyVaultUrl: server.mappingKeysUrl, identity: server.identityId }]
    }
    template: {
      containers: [
        {
          name: 'server'
          image: empty(image) ? 'mcr.microsoft.com/azuredocs/containerapps-helloworld:latest' : image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            server.settings,
            [{ name: 'PORT', value: string(port) }],
            empty(server.mappingKeysUrl) ? [] : [{ name: 'MAPPING_KEYS', secretRef: 'mapping-keys' }]
          )
          probes: empty(image)
            ? []
            : [
                { type: 'Startup', httpGet: { path: '/health', port: port }, periodSeconds: 6, failureThreshold: 10 }
                { type: 'Liveness', httpGet: { path: '/health', port: port } }
                { type: 'Readiness', httpGet: { path: '/health', port: port } }
              ]
        }
      ]
      scale: { minReplicas: 1, maxReplicas: 5 }
    }
  }
  dependsOn: [pull]
}

output registryEndpoint string = registry.properties.loginServer
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
