metadata description = 'The storage of the Functions host: function keys, locks, and the package that is deployed.'

import { roles } from 'roles.bicep'

@description('Its name.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

@description('The app\'s identity, which the host owns its blobs by.')
param principalId string

var deploymentContainerName = 'deployment'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployment 'containers' = {
      name: deploymentContainerName
    }
  }
}

resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles.storageBlobDataOwner)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner)
  }
}

@description('Address of the blobs.')
output blobService string = account.properties.primaryEndpoints.blob

@description('Address of the container that has the deployed package.')
output deploymentContainer string = '${account.properties.primaryEndpoints.blob}${deploymentContainerName}'
