param location string
param tags object
param token string
param dataLocation string
param host string
param identityStore string
param serverClientId string
param teamsClientId string
param corsOrigins string
param image string

@secure()
param mappingKeys string

/** The only identity that the server has: no key and no client secret is stored anywhere. */
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: { name: 'log-${token}', location: location, tags: tags }
}

module communication 'modules/communication.bicep' = {
  name: 'communication'
  params: {
    name: 'acs-${token}'
    tags: tags
    dataLocation: dataLocation
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module cosmos 'modules/cosmos.bicep' = if (identityStore == 'cosmos') {
  name: 'cosmos'
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: tags
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module table 'modules/table.bicep' = if (identityStore == 'table') {
  name: 'table'
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module keyVault 'modules/key-vault.bicep' = if (identityStore == 'graph') {
  name: 'key-vault'
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    mappingKeys: mappingKeys
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

/** The variables of examples/express-server; an empty one counts as absent. */
var settings = concat(
  [
    { name: 'AZURE_TENANT_ID', value: tenant().tenantId }
    { name: 'AZURE_CLIENT_ID', value: serverClientId }
    { name: 'AZURE_AUTHORITY_HOST', value: environment().authentication.loginEndpoint }
    { name: 'MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
    { name: 'COMMUNICATION_SERVICES_ENDPOINT', value: communication.outputs.endpoint }
    { name: 'COMMUNICATION_SERVICES_RESOURCE_ID', value: communication.outputs.resourceId }
    { name: 'IDENTITY_STORE', value: identityStore }
    { name: 'TEAMS_CLIENT_ID', value: teamsClientId }
    { name: 'CORS_ORIGINS', value: corsOrigins }
    { name: 'NODE_ENV', value: 'production' }
  ],
  identityStore == 'cosmos' ? [{ name: 'COSMOS_ENDPOINT', value: cosmos.outputs.endpoint }] : [],
  identityStore == 'table' ? [{ name: 'TABLE_ENDPOINT', value: table.outputs.endpoint }] : []
)

var server = {
  name: 'server-${token}'
  location: location
  tags: tags
  identityId: identity.id
  settings: settings
  mappingKeysUrl: identityStore == 'graph' ? keyVault.outputs.mappingKeysUrl : ''
  workspaceId: monitoring.outputs.workspaceId
}

module containerApp 'modules/container-app.bicep' = if (host == 'containerapp') {
  name: 'container-app'
  params: {
    server: server
    registryName: 'cr${token}'
    environmentName: 'cae-${token}'
    principalId: identity.properties.principalId
    image: image
  }
}

module appService 'modules/app-service.bicep' = if (host == 'appservice') {
  name: 'app-service'
  params: { server: server, planName: 'plan-${token}' }
}

module functions 'modules/functions.bicep' = if (host == 'functions') {
  name: 'functions'
  params: {
    server: server
    planName: 'plan-${token}'
    storageName: 'stfn${token}'
    identityClientId: identity.properties.clientId
    principalId: identity.properties.principalId
  }
}

output registryEndpoint string = host == 'containerapp' ? containerApp.outputs.registryEndpoint : ''
output serverUrl string = host == 'containerapp'
  ? containerApp.outputs.url
  : host == 'appservice' ? appService.outputs.url : functions.outputs.url
output serverName string = server.name
output identityPrincipalId string = identity.properties.principalId
output keyVaultName string = identityStore == 'graph' ? keyVault.outputs.name : ''
