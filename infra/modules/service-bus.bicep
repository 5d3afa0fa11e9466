metadata description = 'A queue for each event type, and one for the events that are not projected.'

import { roles } from 'roles.bicep'

@description('Name of the namespace.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

@description('The app\'s identity, which owns the data of each queue.')
param principalId string

@description('Where its logs go.')
param workspaceId string

var queueNames = loadJsonContent('../names.json').queues

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource queues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for queue in queueNames: {
    parent: namespace
    name: queue
    properties: {
      // The host renews no lock; a batch ends within a minute.
      lockDuration: 'PT5M'
      // A backstop only: the app itself decides what is dead, and an outage of the store must not.
      maxDeliveryCount: 2000
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT1H'
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      // The most of the Standard tier. Dead letters count, never expire, and a full queue takes no webhook.
      maxSizeInMegabytes: 5120
    }
  }
]

// The scaler needs Manage to read the length of a queue, and only Owner has it. Without it, instances are added one at a time:
// https://learn.microsoft.com/azure/azure-functions/functions-target-based-scaling#service-bus-queues-and-topics
resource owners 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, i) in queueNames: {
    name: guid(queues[i].id, principalId, roles.serviceBusDataOwner)
    scope: queues[i]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataOwner)
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('For alerts.')
output id string = namespace.id

@description('The name that clients connect to.')
output host string = split(split(namespace.properties.serviceBusEndpoint, '/')[2], ':')[0]
