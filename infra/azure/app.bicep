// The Flex Consumption plan, the function app and its settings.

param planName string
param appName string
param location string
param tags object

@description('The resource id and client id of the identity that the app runs under.')
param identity { id: string, clientId: string }

@description('The endpoints of the storage account, as its cloud names them.')
param storage { blobEndpoint: string, queueEndpoint: string, tableEndpoint: string }

@description('The container of the deployed package.')
param packageContainer string

@description('The vault and the key in it that wraps the Data Protection keys.')
param keys { uri: string, dataProtectionKeyUri: string }

param applicationInsightsConnectionString string

@description('Where platform logs go.')
param workspaceId string

@description('How the Durable Task Scheduler is reached; empty where the storage account is the durable backend.')
param schedulerConnectionString string

@description('Instances that are always running, a group of functions: http, durable, or function:NAME.')
param alwaysReady { name: string, instanceCount: int }[]

@allowed([512, 2048, 4096])
param instanceMemoryMB int

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('SHA-256 of the first operations partner\'s API key, in hexadecimal.')
param operationsKeyHash string

@description('What a partner and a card may ask of an instance.')
param rateLimit { perSecond: int, burst: int, passwordChecksPerMinute: int }

@description('The operators\' own rules and calendar, as paths in the package; empty for those that ship with the service.')
param regions { file: string, calendarFile: string }

@description('Whether App Service authentication stands in front of the app, and the claim that names a partner; see README.md.')
param signIn { appService: bool, claim: string }

@description('Where traces and metrics go by OTLP; empty for nowhere but Application Insights.')
param otlpEndpoint string

// A test holds the names to what the code and its host read: every one set, none unused.
var settings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint
  AzureWebJobsStorage__clientId: identity.clientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint
  AzureWebJobsStorage__tableServiceUri: storage.tableEndpoint
  DataProtection__BlobUri: '${storage.blobEndpoint}data-protection/keys.xml'
  DataProtection__KeyUri: keys.dataProtectionKeyUri
  Keys__HolderPepper: '@Microsoft.KeyVault(SecretUri=${keys.uri}secrets/HolderPepper)'
  Keys__PasswordKey: '@Microsoft.KeyVault(SecretUri=${keys.uri}secrets/PasswordKey)'
  Keys__RequestKey: '@Microsoft.KeyVault(SecretUri=${keys.uri}secrets/RequestKey)'
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
  OTEL_SDK_DISABLED: 'false'
  OTEL_SERVICE_NAME: appName
  Partners__OperationsKeyHash: operationsKeyHash
  RateLimit__Burst: string(rateLimit.burst)
  RateLimit__PasswordChecksPerMinute: string(rateLimit.passwordChecksPerMinute)
  RateLimit__PerSecond: string(rateLimit.perSecond)
  Regions__CalendarFile: regions.calendarFile
  Regions__File: regions.file
  SignIn__AppService: string(signIn.appService)
  SignIn__Claim: signIn.claim
}

// What host.json leaves to the default, the storage account, is overridden here.
var schedulerSettings = {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: schedulerConnectionString
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  // How azd finds the app to deploy to.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.blobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        alwaysReady: alwaysReady
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, empty(schedulerConnectionString) ? {} : schedulerSettings)
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output hostName string = app.properties.defaultHostName
