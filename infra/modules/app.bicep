metadata description = 'The Functions app, on Flex Consumption.'

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags object

@description('Resource id of the identity that the app runs as.')
param identityId string

@description('Client id of the same identity, for settings.')
param identityClientId string

@description('Instances that are always ready for HTTP.')
param alwaysReadyHttpInstances int

@description('Instances that are always ready for a queue function, by its name.')
param alwaysReadyFunctionInstances functionInstances

@description('Maximum number of instances of each scale group.')
param maximumInstances int

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Percentage of traces that is sent.')
param traceSamplingPercentage int

@description('Days after which a closed conversation is erased; 0 for never.')
param closedConversationDays int

@description('URL of the container for the deployed package.')
param deploymentContainer string

@description('Id of the workspace for the app\'s logs.')
param workspaceId string

@description('Addresses of the services that the app uses.')
param connections connectionAddresses

@description('Settings for receiving webhooks.')
param webhook webhookSettings

type connectionAddresses = {
  @description('URL of the host\'s blobs.')
  hostBlobService: string
  @description('URL of the tables.')
  tableService: string
  @description('URL of the blobs for large payloads.')
  blobService: string
  @description('Host name of the Service Bus namespace.')
  serviceBus: string
  @description('Connection string of Application Insights.')
  applicationInsights: string
  @description('URL of the vault with the webhook secrets.')
  vault: string
}

type webhookSettings = {
  @description('Whether the vault has the current secret.')
  secretExists: bool
  @description('Whether the vault has the previous secret.')
  previousSecretExists: bool
  @description('The only header that may have the signature; empty for any.')
  signatureHeader: string
  @description('Encoding of the signature: hex or base64.')
  signatureEncoding: string
  @description('Text before the signature in the header.')
  signaturePrefix: string
  @description('Maximum size of a body, in bytes.')
  maxBodyBytes: int
  @description('Whether the app accepts webhooks without the right signature.')
  allowUnsigned: bool
}

// The names are listed so that a misspelled one is an error before anything is deployed.
@export()
@sealed()
@description('A number of instances for each of the queue functions. A function that is left out has none.')
type functionInstances = {
  @minValue(0)
  ProjectConversationCreated: int?
  @minValue(0)
  ProjectConversationReplied: int?
  @minValue(0)
  ProjectConversationNoteAdded: int?
  @minValue(0)
  ProjectConversationAssigned: int?
  @minValue(0)
  ProjectConversationClosed: int?
  @minValue(0)
  ProjectConversationReopened: int?
  @minValue(0)
  KeepUnprojectedEvent: int?
}

var names = loadJsonContent('../names.json')

var alwaysReady = concat(
  [{ name: 'http', instanceCount: alwaysReadyHttpInstances }],
  map(items(alwaysReadyFunctionInstances), function => {
    name: 'function:${function.key}'
    instanceCount: function.?value ?? 0
  })
)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  // azd finds the app by this tag when it deploys.
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    // Flex Consumption refuses other properties here, such as ftpsState and linuxFxVersion (error 51021).
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: filter(alwaysReady, group => group.instanceCount > 0)
      }
    }
  }

  // dependsOn deploys the site's children one after the other: Azure refuses a change to a site while another is in progress
  // (Conflict, error 59203).
  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // FUNCTIONS_REQUEST_BODY_SIZE_LIMIT stays unset: above it the host answers 500 without a body, where the app answers 413:
      // https://github.com/Azure/azure-functions-host/issues/10519
      AZURE_CLIENT_ID: identityClientId
      AzureWebJobsStorage__blobServiceUri: connections.hostBlobService
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      ServiceBus__fullyQualifiedNamespace: connections.serviceBus
      ServiceBus__credential: 'managedidentity'
      ServiceBus__clientId: identityClientId
      Storage__tableServiceUri: connections.tableService
      Storage__blobServiceUri: connections.blobService
      Storage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: connections.applicationInsights
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
      // The sampler takes a fraction, and Bicep has only whole numbers.
      OTEL_TRACES_SAMPLER_ARG: '${traceSamplingPercentage / 100}.${padLeft(traceSamplingPercentage % 100, 2, '0')}'
      Retention__ClosedConversationDays: closedConversationDays == 0 ? '' : string(closedConversationDays)
      Webhook__SignatureHeader: webhook.signatureHeader
      Webhook__SignatureEncoding: webhook.signatureEncoding
      Webhook__SignaturePrefix: webhook.signaturePrefix
      Webhook__MaxBodyBytes: string(webhook.maxBodyBytes)
      Webhook__AllowUnsigned: string(webhook.allowUnsigned)
      ...(webhook.secretExists
        ? { Webhook__Secret: '@Microsoft.KeyVault(SecretUri=${connections.vault}secrets/${names.secrets.current})' }
        : {})
      ...(webhook.previousSecretExists
        ? {
            Webhook__PreviousSecret: '@Microsoft.KeyVault(SecretUri=${connections.vault}secrets/${names.secrets.previous})'
          }
        : {})
    }
  }

  // azd deploys with a token, so no publishing password is needed.
  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
    dependsOn: [settings]
  }

  resource deploymentPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
    dependsOn: [ftpPasswords]
  }
}

// The host's log explains a failed start, which the app's own telemetry cannot: it is not running yet.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the app.')
output name string = app.name

@description('The URL that Belco calls, without the key.')
output webhookUrl string = 'https://${app.properties.defaultHostName}${names.webhookRoute}'
