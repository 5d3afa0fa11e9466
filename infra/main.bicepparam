using 'main.bicep'

// Each value comes from the azd environment: azd env set <name> <value>. Values not set there have the defaults below.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')

param webhookSecretExists = bool(readEnvironmentVariable('WEBHOOK_SECRET_EXISTS', 'false'))
param webhookPreviousSecretExists = bool(readEnvironmentVariable('WEBHOOK_PREVIOUS_SECRET_EXISTS', 'false'))
param webhookSignatureHeader = readEnvironmentVariable('WEBHOOK_SIGNATURE_HEADER', '')
param webhookSignatureEncoding = readEnvironmentVariable('WEBHOOK_SIGNATURE_ENCODING', 'hex')
param webhookSignaturePrefix = readEnvironmentVariable('WEBHOOK_SIGNATURE_PREFIX', '')
param webhookMaxBodyBytes = int(readEnvironmentVariable('WEBHOOK_MAX_BODY_BYTES', '4194304'))
param webhookAllowUnsigned = bool(readEnvironmentVariable('WEBHOOK_ALLOW_UNSIGNED', 'false'))

param alwaysReadyHttpInstances = int(readEnvironmentVariable('ALWAYS_READY_HTTP_INSTANCES', '1'))
param alwaysReadyFunctionInstances = json(readEnvironmentVariable('ALWAYS_READY_FUNCTION_INSTANCES', '{}'))
param maximumInstances = int(readEnvironmentVariable('MAXIMUM_INSTANCES', '40'))
param instanceMemoryMB = int(readEnvironmentVariable('INSTANCE_MEMORY_MB', '2048'))
param dataRedundancy = readEnvironmentVariable('DATA_REDUNDANCY', 'Standard_ZRS')
param deployerDataRole = readEnvironmentVariable('DEPLOYER_DATA_ROLE', 'reader')
param recoverKeyVault = bool(readEnvironmentVariable('RECOVER_KEY_VAULT', 'false'))

param closedConversationDays = int(readEnvironmentVariable('RETENTION_CLOSED_CONVERSATION_DAYS', '0'))
param payloadSoftDeleteDays = int(readEnvironmentVariable('PAYLOAD_SOFT_DELETE_DAYS', '7'))

param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param backlogMessages = int(readEnvironmentVariable('BACKLOG_MESSAGES', '1000'))
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '90'))
param traceSamplingPercentage = int(readEnvironmentVariable('TRACE_SAMPLING_PERCENTAGE', '10'))
param silentHours = int(readEnvironmentVariable('SILENT_HOURS', '3'))
param quietHours = json(readEnvironmentVariable('QUIET_HOURS', '[0, 1, 2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23]'))
param quietDays = json(readEnvironmentVariable('QUIET_DAYS', '[0, 6]'))
param incompleteImportDays = int(readEnvironmentVariable('INCOMPLETE_IMPORT_DAYS', '0'))
param timeZone = readEnvironmentVariable('TIME_ZONE', 'Europe/Amsterdam')
