metadata description = 'Who is told of an alert.'

@description('Its tags.')
param tags object

@description('Where alerts are sent; empty for nowhere.')
param email string

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-belco'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'belco'
    emailReceivers: empty(email) ? [] : [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

@description('For alerts.')
output id string = actionGroup.id
