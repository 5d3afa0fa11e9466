metadata description = 'The Service Bus namespace: a queue for each event type, and one for events that are not projected.'

import { roles } from 'roles.bicep'

@description('Name of the namespace.')
param name string

@description('Region of the namespace.')
param location string

@description('Tags of the namespace.')
param tags object

@description('Principal id of the app\'s identity. It gets Azure Service Bus Data Owner on each queue.')
param principalId string

@description('Id of the workspace for the namespace\'s logs.')
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
      // The host does not renew locks. A batch ends within a minute.
      lockDuration: 'PT5M'
      // High, because every delivery during an outage of the tables counts. The app itself decides when to give up on an event.
      maxDeliveryCount: 2000
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT1H'
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      // The maximum of the Standard tier. Dead letters count and never expire, and a full queue takes no webhooks.
      maxSizeInMegabytes: 5120
    }
  }
]

// The scaler needs Manage to read the length of a queue, and only Owner includes it. Without it, the scaler adds one instance at a time:
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

@description('Id of the namespace, for alerts.')
output id string = namespace.id

@description('Host name that clients connect to.')
output host string = split(split(namespace.properties.serviceBusEndpoint, '/')[2], ':')[0]
