metadata description = 'Who gets mail about alerts.'

@description('Tags of the action group.')
param tags object

@description('Email address for alerts. If empty, nobody gets mail.')
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

@description('Id of the action group, for alerts.')
output id string = actionGroup.id
