metadata description = 'The storage of the rows and the large payloads.'

import { roles } from 'roles.bicep'

@description('Its name.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

@description('How it is copied.')
param redundancy string

@description('The app\'s identity, which may read and write the tables and the container, and make no others.')
param principalId string

@description('Where its logs go.')
param workspaceId string

var names = loadJsonContent('../names.json')

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for table in names.tables: {
    parent: tableService
    name: table
  }
]

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource payloads 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobService
  name: names.payloadContainer
}

resource tableContributors 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in names.tables: {
    name: guid(tables[i].id, principalId, roles.storageTableDataContributor)
    scope: tables[i]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        roles.storageTableDataContributor
      )
    }
  }
]

resource payloadContributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(payloads.id, principalId, roles.storageBlobDataContributor)
  scope: payloads
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
  }
}

// Every read and write of a row would be a line of the log. The app deletes nothing but rows that moved: a deletion by anybody
// else stands out.
resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: tableService
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: blobService
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('Address of the tables.')
output tableService string = account.properties.primaryEndpoints.table

@description('Address of the blobs.')
output blobService string = account.properties.primaryEndpoints.blob
