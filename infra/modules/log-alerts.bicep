metadata description = 'What only logs and the library\'s metrics tell, and the operator is told of.'

@description('Region of the rules.')
param location string

@description('Tags of all.')
param tags object

@description('The Application Insights component.')
param componentId string

@description('The workspace that has the logs of the host.')
param workspaceId string

@description('Who is told.')
param actionGroupId string

@description('Busy hours without a webhook.')
param silentHours int

@description('Hours of the day in which no webhook is normal.')
param quietHours int[]

@description('Days of the week on which no webhook is normal; Sunday is 0.')
param quietDays int[]

@description('Time zone of the quiet hours and days.')
param timeZone string

var silence = replace(
  replace(
    replace(loadTextContent('../queries/silence.kql'), '{timeZone}', timeZone),
    '{quietHours}',
    join(map(quietHours, hour => string(hour)), ', ')
  ),
  '{quietDays}',
  join(map(quietDays, day => string(day)), ', ')
)

// Severities: 1 events are lost or late unless somebody acts, 2 somebody should look today.
var alerts = [
  {
    name: 'server-errors'
    description: 'The host logged more than four errors, or was seen to answer 5xx as often, in 15 minutes. Belco pauses a webhook after consecutive errors.'
    severity: 1
    scope: workspaceId
    query: loadTextContent('../queries/server-errors.kql')
    measure: 'errors'
    threshold: 4
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'webhooks-not-queued'
    description: 'A webhook was answered 503: queue or blob store was not reachable within 5 seconds.'
    severity: 1
    scope: componentId
    query: loadTextContent('../queries/webhooks-not-queued.kql')
    measure: 'answers'
    threshold: 0
    window: 'PT5M'
    frequency: 'PT5M'
  }
  {
    name: 'webhooks-refused'
    description: 'A webhook was answered 400, 411 or 413: no Belco event, no Content-Length, or larger than Webhook__MaxBodyBytes. It is kept nowhere.'
    severity: 2
    scope: componentId
    query: loadTextContent('../queries/webhooks-refused.kql')
    measure: 'answers'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'signatures-rejected'
    description: 'A webhook was answered 401: the secret was changed on one side only, the header settings are wrong, or somebody forges.'
    severity: 1
    scope: componentId
    query: loadTextContent('../queries/signatures-rejected.kql')
    measure: 'answers'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'known-events-unprojected'
    description: 'An event that is projected came with a field missing or ill-typed. It is kept in the table UnprojectedEvents.'
    severity: 2
    scope: componentId
    query: loadTextContent('../queries/known-events-unprojected.kql')
    measure: 'answers'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT15M'
  }
  {
    name: 'silence'
    description: 'No webhook came for as many busy hours as silentHours says: Belco may have paused the subscription.'
    severity: 1
    scope: componentId
    query: silence
    measure: 'silentHours'
    // The operator is "greater than", and the hours are whole.
    threshold: silentHours - 1
    window: 'P2D'
    frequency: 'PT1H'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: 'belco-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'belco-${alert.name}'
      description: alert.description
      enabled: true
      severity: alert.severity
      scopes: [alert.scope]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      autoMitigate: true
      // The tables come with the first telemetry: until then a query that names one is no mistake.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            // The query has summed up already: there is one row.
            timeAggregation: 'Total'
            metricMeasureColumn: alert.measure
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actionGroupId] }
    }
  }
]
