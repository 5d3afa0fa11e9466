import { functionInstances } from 'modules/app.bicep'
import { dataRole } from 'modules/roles.bicep'

targetScope = 'subscription'

metadata description = 'BelcoFunctions on Azure: the Functions app, its queues, its tables, and its logs, metrics and alerts.'

@description('Name of the azd environment. The names of all resources are derived from it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

// The metadata makes azd offer its list of regions; with main.bicepparam, azd asks for AZURE_LOCATION before it reads this.
// `az functionapp list-flexconsumption-locations` lists the possible regions. They change too often to be listed here.
@description('Region of all resources. Flex Consumption must be available there.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Instances that are always ready for HTTP, so that Belco does not wait for a start. 0 saves their cost.')
@minValue(0)
param alwaysReadyHttpInstances int = 1

@description('Instances that are always ready for a queue function, by its name, such as { "ProjectConversationReplied": 1 }.')
param alwaysReadyFunctionInstances functionInstances = {}

@description('Maximum instances of each of the eight scale groups: all HTTP functions together, and each queue function.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of an instance in MB. Azure allows 512, 2048 and 4096.')
@minValue(512)
@maxValue(4096)
param instanceMemoryMB int = 2048

@description('Redundancy of the storage of the rows and payloads. Standard_ZRS needs a region with availability zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataRedundancy string = 'Standard_ZRS'

@description('Data role of the identity that deploys, on the rows and payloads: none, reader or contributor. Reader is enough to view them.')
param deployerDataRole dataRole = 'reader'

@description('Whether the vault has the secret webhook-secret. If true and the secret is missing, the app does not start.')
param webhookSecretExists bool = false

@description('Whether the vault has the secret webhook-previous-secret. The app accepts it too, while the secret is rotated.')
param webhookPreviousSecretExists bool = false

@description('The only header that may have the signature. Empty: any header.')
param webhookSignatureHeader string = ''

@description('Encoding of the signature in that header.')
@allowed(['hex', 'base64'])
param webhookSignatureEncoding string = 'hex'

@description('Text before the signature in that header, such as sha256=.')
param webhookSignaturePrefix string = ''

@description('Maximum size of a webhook\'s body, in bytes. A larger body gets 413.')
@minValue(1)
@maxValue(67108864)
param webhookMaxBodyBytes int = 4194304

@description('Whether the app accepts webhooks without the right signature, from anyone who has the URL with its key.')
param webhookAllowUnsigned bool = false

@description('Days without an item after which a closed conversation is erased, at least 30. 0 erases none.')
@minValue(0)
@maxValue(36500)
param closedConversationDays int = 0

@description('Days for which Azure can restore a deleted payload blob, including erased ones. 0 deletes at once.')
@minValue(0)
@maxValue(365)
param payloadSoftDeleteDays int = 7

@description('Email address for alerts. If empty, alerts show in the portal only.')
param alertEmail string = ''

@description('Messages in one queue above which an alert reports a backlog, on average over 15 minutes.')
@minValue(1)
param backlogMessages int = 1000

@description('Busy hours without a webhook after which an alert says that Belco may have paused it.')
@minValue(1)
@maxValue(24)
param silentHours int = 3

@description('Quiet hours, 0 to 23 in the time zone: hours without a webhook are normal then.')
param quietHours int[] = [0, 1, 2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23]

@description('Quiet days, 0 for Sunday to 6 for Saturday: hours without a webhook are normal then.')
param quietDays int[] = [0, 6]

@description('IANA name of the time zone of the quiet hours and days.')
param timeZone string = 'Europe/Amsterdam'

@description('An alert is raised when the archive of a shop has not been complete for this number of days. 0 for no alert.')
@minValue(0)
@maxValue(36500)
param incompleteImportDays int = 0

@description('Retention of logs and metrics, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Percentage of traces that is sent to Application Insights. All metrics and all log lines of the app are sent. If a trace is not sent, neither are the host\'s log lines of this trace.')
@minValue(0)
@maxValue(100)
param traceSamplingPercentage int = 10

@description('Whether to recover the vault that azd down soft-deleted. Azure refuses true if there is no deleted vault.')
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
    softDeleteDays: payloadSoftDeleteDays
    principalId: identity.outputs.principalId
    deployerId: deployer().objectId
    deployerDataRole: deployerDataRole
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

// Every address comes from the output of another module, so the app's roles exist before it starts.
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
    alwaysReadyFunctionInstances: alwaysReadyFunctionInstances
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    traceSamplingPercentage: traceSamplingPercentage
    closedConversationDays: closedConversationDays
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
    incompleteImportDays: incompleteImportDays
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: { location: location, tags: tags, componentId: monitoring.outputs.componentId }
}

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the Functions app.')
output BELCO_APP_NAME string = app.outputs.name

@description('The URL that Belco calls, without the key.')
output BELCO_WEBHOOK_URL string = app.outputs.webhookUrl

@description('Name of the vault with the webhook secrets.')
output BELCO_KEY_VAULT string = keyVault.outputs.name
