targetScope = 'subscription'

metadata description = 'BelcoFunctions on Azure: the Functions app, its queues, its rows, and what tells its operator how it does.'

@description('Name of the azd environment. Every name is made of it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

// The metadata has azd ask for a region from its list; with main.bicepparam, azd asks for AZURE_LOCATION before it reads this.
// `az functionapp list-flexconsumption-locations` knows the regions that can be taken: they change too often to be listed here.
@description('Region of everything. Flex Consumption must be available there.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Instances that are kept warm for HTTP, so that Belco never waits for a start. 0 saves their price.')
@minValue(0)
param alwaysReadyHttpInstances int = 1

@description('The most instances of each of the eight scale groups: all HTTP functions together, and each queue function.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of an instance, in MB: 512, 2048 or 4096, says Azure.')
@minValue(512)
@maxValue(4096)
param instanceMemoryMB int = 2048

@description('How the rows and payloads are copied. A region without availability zones has no Standard_ZRS.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataRedundancy string = 'Standard_ZRS'

@description('Whether the vault has the secret webhook-secret. Until it has, a reference to it would not resolve, and the app would not start.')
param webhookSecretExists bool = false

@description('Whether the vault has the secret webhook-previous-secret, which is still accepted while the secret is rotated.')
param webhookPreviousSecretExists bool = false

@description('Header that has Belco\'s signature. Needed with a secret.')
param webhookSignatureHeader string = ''

@description('How the signature is written.')
@allowed(['hex', 'base64'])
param webhookSignatureEncoding string = 'hex'

@description('What stands before the signature in the header, like sha256=.')
param webhookSignaturePrefix string = ''

@description('Bytes of the largest webhook that is taken.')
@minValue(1)
@maxValue(67108864)
param webhookMaxBodyBytes int = 4194304

@description('Whether the app starts without a secret, and takes webhooks from anyone who has the URL with its key.')
param webhookAllowUnsigned bool = false

@description('Where alerts are sent. Empty: nobody is told, and alerts show in the portal only.')
param alertEmail string = ''

@description('Messages in one queue, on average over 15 minutes, that are called a backlog.')
@minValue(1)
param backlogMessages int = 1000

@description('Busy hours without a webhook after which Belco may have paused the subscription.')
@minValue(1)
@maxValue(24)
param silentHours int = 3

@description('Hours of the day, 0 to 23 in the time zone, in which no webhook is normal.')
param quietHours int[] = [0, 1, 2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23]

@description('Days of the week, 0 for Sunday to 6 for Saturday, on which no webhook is normal.')
param quietDays int[] = [0, 6]

@description('Time zone of the quiet hours and days, by its IANA name.')
param timeZone string = 'Europe/Amsterdam'

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Percentage of the traces that is sent to Application Insights. All metrics are sent, and all log lines of the app; the host drops its own lines of a trace that is not sent.')
@minValue(0)
@maxValue(100)
param traceSamplingPercentage int = 10

@description('Whether a vault that azd down left behind is taken back. Only then: Azure refuses it for a vault that was never deleted.')
param recoverKeyVault bool = false

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: group
  params: { name: 'sthost${token}', location: location, tags: tags, principalId: identity.outputs.principalId }
}

module dataStorage 'modules/data-storage.bicep' = {
  scope: group
  params: {
    name: 'stdata${token}'
    location: location
    tags: tags
    redundancy: dataRedundancy
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: group
  params: {
    name: 'sb-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    recover: recoverKeyVault
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

// All that the app opens is named by another module's output: so its roles are there before it starts.
module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    traceSamplingPercentage: traceSamplingPercentage
    deploymentContainer: hostStorage.outputs.deploymentContainer
    workspaceId: monitoring.outputs.workspaceId
    connections: {
      hostBlobService: hostStorage.outputs.blobService
      tableService: dataStorage.outputs.tableService
      blobService: dataStorage.outputs.blobService
      serviceBus: serviceBus.outputs.host
      applicationInsights: monitoring.outputs.connectionString
      vault: keyVault.outputs.uri
    }
    webhook: {
      secretExists: webhookSecretExists
      previousSecretExists: webhookPreviousSecretExists
      signatureHeader: webhookSignatureHeader
      signatureEncoding: webhookSignatureEncoding
      signaturePrefix: webhookSignaturePrefix
      maxBodyBytes: webhookMaxBodyBytes
      allowUnsigned: webhookAllowUnsigned
    }
  }
}

module actionGroup 'modules/action-group.bicep' = {
  scope: group
  params: { tags: tags, email: alertEmail }
}

module queueAlerts 'modules/queue-alerts.bicep' = {
  scope: group
  params: {
    tags: tags
    namespaceId: serviceBus.outputs.id
    actionGroupId: actionGroup.outputs.id
    backlogMessages: backlogMessages
  }
}

module logAlerts 'modules/log-alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    componentId: monitoring.outputs.componentId
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: actionGroup.outputs.id
    silentHours: silentHours
    quietHours: quietHours
    quietDays: quietDays
    timeZone: timeZone
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { location: location, tags: tags, componentId: monitoring.outputs.componentId }
}

@description('The resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The Functions app\'s name.')
output BELCO_APP_NAME string = app.outputs.name

@description('The URL that Belco calls, without the key that it needs.')
output BELCO_WEBHOOK_URL string = app.outputs.webhookUrl

@description('The vault that has the webhook secrets.')
output BELCO_KEY_VAULT string = keyVault.outputs.name
