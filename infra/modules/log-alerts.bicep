metadata description = 'Alerts on the logs and on the library\'s metrics.'

@description('Region of the alerts.')
param location string

@description('Tags of the alerts.')
param tags object

@description('Id of the Application Insights component.')
param componentId string

@description('Id of the workspace with the host\'s log.')
param workspaceId string

@description('Id of the action group that the alerts notify.')
param actionGroupId string

@description('Busy hours without a webhook that raise an alert.')
param silentHours int

@description('Quiet hours: hours without a webhook are normal then.')
param quietHours int[]

@description('Quiet days, from 0 for Sunday: hours without a webhook are normal then.')
param quietDays int[]

@description('Time zone of the quiet hours and days.')
param timeZone string

@description('An alert is raised when the archive of a shop has not been complete for this number of days. 0 for no alert.')
param incompleteImportDays int

var silence = replace(
  replace(
    replace(loadTextContent('../queries/silence.kql'), '{timeZone}', timeZone),
    '{quietHours}',
    join(map(quietHours, hour => string(hour)), ', ')
  ),
  '{quietDays}',
  join(map(quietDays, day => string(day)), ', ')
)

// Severity 1: events are lost or late unless somebody acts. Severity 2: somebody should look today.
var alerts = concat(always, incompleteImportDays == 0 ? [] : [incompleteImport])

var always = [
  {
    name: 'server-errors'
    description: 'The host logged errors or answered 5xx more than four times in 15 minutes. Belco pauses a webhook after consecutive errors.'
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
    description: 'A webhook was answered 503: the queue or the blob store did not take the event within 5 seconds.'
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
    description: 'A webhook was answered 400, 411 or 413: it is not a Belco event, has no Content-Length, or is larger than Webhook__MaxBodyBytes. It is not stored.'
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
    description: 'A webhook was answered 401: one side changed the secret, the signature settings are wrong, or somebody forges webhooks.'
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
    description: 'A conversation event was not projected: a field is missing or invalid. It is kept in the table UnprojectedEvents.'
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
    description: 'No webhook came for as many busy hours as SILENT_HOURS sets: Belco may have paused the webhook.'
    severity: 1
    scope: componentId
    query: silence
    measure: 'silentHours'
    // The operator is GreaterThan, and the query counts whole hours.
    threshold: silentHours - 1
    window: 'P2D'
    frequency: 'PT1H'
  }
]

var incompleteImport = {
  name: 'import-incomplete'
  description: 'The archive of a shop has not been complete for the number of days in INCOMPLETE_IMPORT_DAYS: belco import did not run, or something is missing.'
  severity: 2
  scope: componentId
  query: loadTextContent('../queries/import-incomplete.kql')
  measure: 'days'
  // The operator is GreaterThan, and the query counts whole days.
  threshold: incompleteImportDays - 1
  window: 'P2D'
  frequency: 'PT1H'
}

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
      // The tables do not exist before the first telemetry, and validation would refuse a query on them.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            // The query returns one row, which is summed up already.
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
