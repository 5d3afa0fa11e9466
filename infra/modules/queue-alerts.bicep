metadata description = 'Alerts on the metrics of Service Bus.'

@description('Tags of the alerts.')
param tags object

@description('Id of the Service Bus namespace.')
param namespaceId string

@description('Id of the action group that the alerts notify.')
param actionGroupId string

@description('Messages in one queue above which an alert reports a backlog.')
param backlogMessages int

// Severity 1: events are lost or late unless somebody acts. Severity 2: somebody should look today.
var alerts = [
  {
    name: 'dead-letters'
    description: 'A queue has dead letters: events that were given up on. docs/troubleshooting.md explains how to redrive them.'
    severity: 2
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    threshold: 0
    window: 'PT5M'
    frequency: 'PT5M'
  }
  {
    // Service Bus has no metric for the age of a message. So the alert finds a queue that had dead letters for a whole day.
    name: 'old-dead-letters'
    description: 'A queue had dead letters for the whole last day. Redrive them.'
    severity: 1
    metric: 'DeadletteredMessages'
    aggregation: 'Minimum'
    threshold: 0
    window: 'P1D'
    frequency: 'PT1H'
  }
  {
    name: 'backlog'
    description: 'Events wait in a queue: they arrive faster than the app projects them, or it projects none.'
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
            // One alert for each queue, with the name of the queue.
            dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          }
        ]
      }
      actions: [{ actionGroupId: actionGroupId }]
    }
  }
]
