param name string
param tags object
param dataLocation string
param principalId string
param workspaceId string

/** Communication and Email Service Owner: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
var ownerRole = '09976791-48a7-449e-bb21-39d1a415f350'

resource communication 'Microsoft.Communication/communicationServices@2025-05-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation, disableLocalAuth: true }
}

/**
 * On this resource only. It holds more than issuing tokens needs, such as changing and deleting the resource, and no
 * narrower built-in role is known.
 */
resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, ownerRole)
  scope: communication
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', ownerRole)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

/** Who asked for which operation; chat and call logs, which say more about people, are left off. */
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'authentication'
  scope: communication
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuthOperational', enabled: true }]
  }
}

output resourceId string = communication.properties.immutableResourceId
output endpoint string = 'https://${communication.properties.hostName}'
