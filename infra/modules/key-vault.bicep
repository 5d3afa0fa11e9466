metadata description = 'The webhook secrets, which a person puts there: no parameter, setting or log has them.'

import { roles } from 'roles.bicep'

@description('Its name.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

@description('Whether it was deleted, and is taken back.')
param recover bool

@description('The app\'s identity, which may read secrets.')
param principalId string

@description('Where its audit log goes.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    createMode: recover ? 'recover' : 'default'
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

// On the vault, since its secrets come after it; it has no others.
resource user 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Its name.')
output name string = vault.name

@description('Its address.')
output uri string = vault.properties.vaultUri
