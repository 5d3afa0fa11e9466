metadata description = 'The Functions app, on Flex Consumption.'

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags object

@description('The identity that the app runs as.')
param identityId string

@description('The same identity, as settings name it.')
param identityClientId string

@description('Instances that are kept warm for HTTP.')
param alwaysReadyHttpInstances int

@description('The most instances of each scale group.')
param maximumInstances int

@description('Memory of an instance, in MB.')
param instanceMemoryMB int

@description('Percentage of the traces that is sent.')
param traceSamplingPercentage int

@description('Address of the container that has the deployed package.')
param deploymentContainer string

@description('Where its logs go.')
param workspaceId string

@description('Addresses of what the app opens.')
param connections connectionAddresses

@description('How webhooks are received.')
param webhook webhookSettings

type connectionAddresses = {
  @description('Blobs of the host.')
  hostBlobService: string
  @description('Tables of the rows.')
  tableService: string
  @description('Blobs of the large payloads.')
  blobService: string
  @description('The Service Bus namespace.')
  serviceBus: string
  @description('Application Insights.')
  applicationInsights: string
  @description('The vault with the webhook secrets.')
  vault: string
}

type webhookSettings = {
  @description('Whether the vault has the secret.')
  secretExists: bool
  @description('Whether the vault has the one before.')
  previousSecretExists: bool
  @description('The header that has the signature.')
  signatureHeader: string
  @description('hex or base64.')
  signatureEncoding: string
  @description('What stands before the signature.')
  signaturePrefix: string
  @description('Bytes of the largest body.')
  maxBodyBytes: int
  @description('Whether the app starts without a secret.')
  allowUnsigned: bool
}

var names = loadJsonContent('../names.json')

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
  // azd finds the app that it deploys to by this tag.
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
    // Flex Consumption refuses what it does not know here (error 51021), such as ftpsState and linuxFxVersion.
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
        alwaysReady: alwaysReadyHttpInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttpInstances }]
      }
    }
  }

  // The site's children are written one after the other. Azure refuses to change a site while another change is in progress
  // (Conflict, error 59203).
  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // FUNCTIONS_REQUEST_BODY_SIZE_LIMIT stays unset. Over it the host answers 500 without a body, where the app would say 413:
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
      // A ratio, and Bicep has no fractions.
      OTEL_TRACES_SAMPLER_ARG: '${traceSamplingPercentage / 100}.${padLeft(traceSamplingPercentage % 100, 2, '0')}'
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

  // azd deploys with a token: a publishing password would be a key.
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

// What the host says where the app itself cannot: a setting that stops its start is in no trace.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Its name.')
output name string = app.name

@description('The URL that Belco calls, without its key.')
output webhookUrl string = 'https://${app.properties.defaultHostName}${names.webhookRoute}'
