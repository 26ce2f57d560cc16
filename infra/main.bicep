// Everything that the example server needs on Azure, in a resource group of its own. See docs/deploy.md.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the resource group and, through a digest, all resources.')
param environmentName string

@minLength(1)
@description('The region of all resources but Communication Services, which has none.')
param location string

@allowed([
  'Africa'
  'Asia Pacific'
  'Australia'
  'Brazil'
  'Canada'
  'Europe'
  'France'
  'Germany'
  'India'
  'Japan'
  'Korea'
  'Norway'
  'Switzerland'
  'UAE'
  'UK'
  'United States'
])
@description('Where Communication Services keeps its data. It cannot be changed later.')
param dataLocation string

@allowed(['containerapp', 'appservice', 'functions'])
@description('What the server runs on.')
param host string = 'containerapp'

@allowed(['cosmos', 'table', 'graph'])
@description('Where mappings are kept.')
param identityStore string = 'cosmos'

@minLength(36)
@description('Client id of the application that this server is in Entra ID.')
param serverClientId string

@description('Client id of the application that Teams users sign in to; empty if it is the server\'s own.')
param teamsClientId string = ''

@description('Origins of web pages that may call, separated by commas.')
param corsOrigins string = ''

@description('The server\'s container image; empty until there is one.')
param image string = ''

@secure()
@description('With the Graph store: what signs mappings, as id:base64. Empty leaves the keys in Key Vault as they are.')
param mappingKeys string = ''

var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module resources 'resources.bicep' = {
  name: 'resources'
  scope: group
  params: {
    location: location
    tags: tags
    token: uniqueString(subscription().id, environmentName, location)
    dataLocation: dataLocation
    host: host
    identityStore: identityStore
    serverClientId: serverClientId
    teamsClientId: teamsClientId
    corsOrigins: corsOrigins
    image: image
    mappingKeys: mappingKeys
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = resources.outputs.registryEndpoint
output SERVER_URL string = resources.outputs.serverUrl
output SERVER_NAME string = resources.outputs.serverName
output MANAGED_IDENTITY_PRINCIPAL_ID string = resources.outputs.identityPrincipalId
output KEY_VAULT_NAME string = resources.outputs.keyVaultName
