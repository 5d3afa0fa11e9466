metadata description = 'What Service Bus itself measures and the operator is told of.'

@description('Tags of all.')
param tags object

@description('The Service Bus namespace.')
param namespaceId string

@description('Who is told.')
param actionGroupId string

@description('Messages in one queue that are called a backlog.')
param backlogMessages int

// Severities: 1 events are lost or late unless somebody acts, 2 somebody should look today.
var alerts = [
  {
    name: 'dead-letters'
    description: 'A queue has dead letters: events that were given up. docs/operations.md says how to redrive them.'
    severity: 2
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    threshold: 0
    window: 'PT5M'
    frequency: 'PT5M'
  }
  {
    // Service Bus has no metric of a message's age. A queue of dead letters that was not empty for a day is as old as that.
    name: 'old-dead-letters'
    description: 'A queue had dead letters throughout the last day: nobody redrove them.'
    severity: 1
    metric: 'DeadletteredMessages'
    aggregation: 'Minimum'
    threshold: 0
    window: 'P1D'
    frequency: 'PT1H'
  }
  {
    name: 'backlog'
    description: 'A queue grows faster than it is projected, or is not projected at all.'
    severity: 1
    metric: 'ActiveMessages'
    aggregation: 'Average'
    threshold: backlogMessages
    window: 'PT15M'
    frequency: 'PT5M'
  }
]

resource rules 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for alert in alerts: {
    name: 'belco-${alert.name}'
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      enabled: true
      severity: alert.severity
      scopes: [namespaceId]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: alert.name
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: alert.metric
            timeAggregation: alert.aggregation
            operator: 'GreaterThan'
            threshold: alert.threshold
            // An alert for each queue, which says which.
            dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]
