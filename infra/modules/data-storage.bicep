metadata description = 'The storage account for the rows and the large payloads.'

import { dataRole, roles } from 'roles.bicep'

@description('Name of the account.')
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Redundancy of the account.')
param redundancy string

@description('Days for which a deleted blob can be restored. 0 deletes at once.')
param softDeleteDays int

@description('Principal id of the app\'s identity. It may read and write the tables and the container, but not create others.')
param principalId string

@description('Principal id of the identity that deploys.')
param deployerId string

@description('Data role of the identity that deploys, on the tables and the container.')
param deployerDataRole dataRole

@description('Id of the workspace for the account\'s logs.')
param workspaceId string

var names = loadJsonContent('../names.json')

var deployerRoles = deployerDataRole == 'contributor'
  ? { table: roles.storageTableDataContributor, blob: roles.storageBlobDataContributor }
  : { table: roles.storageTableDataReader, blob: roles.storageBlobDataReader }

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
  properties: {
    deleteRetentionPolicy: softDeleteDays == 0 ? { enabled: false } : { enabled: true, days: softDeleteDays }
  }
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

// Without principalType: a person deploys from a machine, and a service principal from a pipeline. Azure finds out which it is.
resource deployerOnTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in names.tables: if (deployerDataRole != 'none') {
    name: guid(tables[i].id, deployerId, deployerRoles.table)
    scope: tables[i]
    properties: {
      principalId: deployerId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', deployerRoles.table)
    }
  }
]

resource deployerOnPayloads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (deployerDataRole != 'none') {
  name: guid(payloads.id, deployerId, deployerRoles.blob)
  scope: payloads
  properties: {
    principalId: deployerId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', deployerRoles.blob)
  }
}

// Logs deletions only: reads and writes would be a log line for each row. The app deletes only rows that moved, so any other
// deletion stands out.
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

@description('URL of the tables.')
output tableService string = account.properties.primaryEndpoints.table

@description('URL of the blobs.')
output blobService string = account.properties.primaryEndpoints.blob
