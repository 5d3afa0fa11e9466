metadata description = 'A workbook in the portal that shows the library\'s metrics.'

@description('Region of the workbook.')
param location string

@description('Tags of the workbook.')
param tags object

@description('Id of the Application Insights component that the workbook queries and belongs to.')
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
