// The Durable Task Scheduler, where it is chosen as the durable backend.

import { schedulerRoles } from 'roles.bicep'

param name string
param location string
param tags object

@description('Who may run orchestrations.')
param principalId string

@description('The client id of the identity that connects.')
param clientId string

@description('The task hub, as host.json names it.')
param hubName string

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    // Callers prove who they are by identity; a Flex Consumption app without a network of its own has no fixed addresses.
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: hubName
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(schedulerRoles): {
    scope: scheduler
    name: guid(scheduler.id, principalId, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output connectionString string = 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity;ClientID=${clientId}'
