metadata description = 'A page in the portal with the library\'s metrics.'

@description('Its region.')
param location string

@description('Its tags.')
param tags object

@description('The Application Insights component that it asks, and stands under.')
param componentId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name must be a GUID.
  name: guid(resourceGroup().id, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'BelcoFunctions'
    category: 'workbook'
    version: '1.0'
    sourceId: componentId
    serializedData: string(loadJsonContent('../workbook.json'))
  }
}
