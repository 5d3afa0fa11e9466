'use strict';

// The tables that queries may read, in the two scopes that Azure Monitor has: an Application Insights component knows its tables
// by their classic names, the workspace behind it by the new ones. A table has the columns of every group that names it, and no
// others. Columns and types are those of the documentation: there, "success" and "_IsBillable" are strings.

module.exports = {
  // https://learn.microsoft.com/azure/azure-monitor/app/convert-classic-resource#table-schemas
  component: [
    {
      tables: 'customMetrics dependencies exceptions requests traces',
      string: `
        appId application_Version appName client_Browser client_City client_CountryOrRegion client_IP client_Model client_OS
        client_StateOrProvince client_Type cloud_RoleInstance cloud_RoleName iKey itemId itemType operation_Id operation_Name
        operation_ParentId operation_SyntheticSource sdkVersion session_Id user_AccountId user_AuthenticatedId user_Id`,
      dynamic: 'customDimensions',
      datetime: 'timestamp',
    },
    {
      tables: 'customMetrics',
      string: 'name',
      real: 'value valueMax valueMin valueSum valueStdDev',
      int: 'valueCount',
    },
    { tables: 'dependencies exceptions requests traces', dynamic: 'customMeasurements', int: 'itemCount' },
    { tables: 'dependencies requests', string: 'id name performanceBucket resultCode success', real: 'duration' },
    { tables: 'dependencies', string: 'data target type' },
    { tables: 'requests', string: 'source url' },
    { tables: 'exceptions traces', string: 'message', int: 'severityLevel' },
    {
      tables: 'exceptions',
      string: `
        assembly handledAt innermostAssembly innermostMessage innermostMethod innermostType method outerAssembly outerMessage
        outerMethod outerType problemId type`,
      dynamic: 'details',
    },
  ],

  // https://learn.microsoft.com/azure/azure-monitor/reference/tables/functionapplogs, …/apprequests and so on
  workspace: [
    {
      tables: 'AppDependencies AppExceptions AppMetrics AppRequests AppTraces FunctionAppLogs',
      string: '_IsBillable _ResourceId SourceSystem _SubscriptionId TenantId Type',
      datetime: 'TimeGenerated',
      real: '_BilledSize',
    },
    {
      tables: 'FunctionAppLogs',
      string: `
        ActivityId AppName Category EventName ExceptionDetails ExceptionMessage ExceptionType FunctionInvocationId FunctionName
        HostInstanceId HostVersion Level Location Message RoleInstance`,
      int: 'EventId LevelId ProcessId',
    },
    {
      tables: 'AppDependencies AppExceptions AppMetrics AppRequests AppTraces',
      string: `
        AppRoleInstance AppRoleName AppVersion ClientBrowser ClientCity ClientCountryOrRegion ClientIP ClientModel ClientOS
        ClientStateOrProvince ClientType IKey OperationId OperationName ParentId ResourceGUID SDKVersion SessionId
        SyntheticSource UserAccountId UserAuthenticatedId UserId`,
      dynamic: 'Properties',
      int: 'ItemCount',
    },
    { tables: 'AppMetrics', string: 'Name', real: 'Max Min Sum' },
    { tables: 'AppDependencies AppExceptions AppRequests AppTraces', dynamic: 'Measurements' },
    { tables: 'AppDependencies AppRequests AppTraces', string: 'ReferencedItemId ReferencedType' },
    { tables: 'AppDependencies AppRequests', string: 'Id Name ResultCode', real: 'DurationMs', bool: 'Success' },
    { tables: 'AppDependencies', string: 'Data DependencyType Target' },
    { tables: 'AppRequests', string: 'Source Url' },
    { tables: 'AppExceptions AppTraces', string: 'Message', int: 'SeverityLevel' },
    {
      tables: 'AppExceptions',
      string: `
        Assembly ExceptionType HandledAt InnermostAssembly InnermostMessage InnermostMethod InnermostType Method OuterAssembly
        OuterMessage OuterMethod OuterType ProblemId`,
      dynamic: 'Details',
    },
  ],
};
