metadata description = 'The identity by which the app opens everything. There is no key to leak or to rotate.'

@description('Its name.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('For what uses the identity.')
output id string = identity.id

@description('For settings that name the identity.')
output clientId string = identity.properties.clientId

@description('For role assignments.')
output principalId string = identity.properties.principalId
