// Everything that SocialCard runs on in Azure. `azd up` deploys it and the code with it.
// Nothing here names a cloud: endpoints come from the resources, so Azure China (21Vianet) needs no other template.

targetScope = 'subscription'

@description('The environment: it names the resources.')
@minLength(1)
@maxLength(24)
param environmentName string

@description('The region.')
param location string

@description('The durable backend: the storage account, or the Durable Task Scheduler.')
@allowed(['azureStorage', 'durableTaskScheduler'])
param durableBackend string = 'azureStorage'

@description('SHA-256, in hexadecimal, of the API key of the first operations partner, who registers the others.')
@minLength(64)
@maxLength(64)
param operationsKeyHash string

@description('Where traces and metrics go by OTLP, an OpenTelemetry collector; empty for nowhere but Application Insights.')
param otlpEndpoint string = ''

@description('Instances that are always running, a group of functions: http, durable, or function:NAME.')
param alwaysReady { name: string, instanceCount: int }[] = []

@description('The memory of an instance.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How far the app scales out.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('How the storage account is replicated.')
@allowed(['Standard_ZRS', 'Standard_LRS', 'Standard_GZRS', 'Standard_GRS'])
param storageSku string = 'Standard_ZRS'

@description('For how many days telemetry is kept.')
param retentionInDays int = 90

@description('Who is told of alerts by mail.')
param alertEmails string[] = []

@description('What a partner (a second, a burst) and a card (password checks a minute) may ask of an instance.')
param rateLimit { perSecond: int, burst: int, passwordChecksPerMinute: int } = {
  perSecond: 200
  burst: 400
  passwordChecksPerMinute: 20
}

@description('The operators\' own rules and calendar, as paths in the package; empty for those that ship with the service.')
param regions { file: string, calendarFile: string } = { file: '', calendarFile: '' }

@description('Whether App Service authentication stands in front of the app, and the claim that names a partner; see README.md.')
param signIn { appService: bool, claim: string } = { appService: false, claim: 'roles' }

var hubName = loadJsonContent('../../host.json').extensions.durableTask.hubName
var packageContainer = 'package'
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionInDays: retentionInDays
  }
}

module storage 'storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    skuName: storageSku
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    packageContainer: packageContainer
  }
}

module keys 'keys.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'scheduler.bicep' = if (durableBackend == 'durableTaskScheduler') {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    clientId: identity.outputs.clientId
    hubName: hubName
  }
}

module app 'app.bicep' = {
  scope: group
  params: {
    planName: 'plan-${token}'
    appName: 'func-${token}'
    location: location
    tags: tags
    identity: { id: identity.outputs.id, clientId: identity.outputs.clientId }
    storage: {
      blobEndpoint: storage.outputs.blobEndpoint
      queueEndpoint: storage.outputs.queueEndpoint
      tableEndpoint: storage.outputs.tableEndpoint
    }
    packageContainer: packageContainer
    keys: { uri: keys.outputs.uri, dataProtectionKeyUri: keys.outputs.dataProtectionKeyUri }
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    schedulerConnectionString: scheduler.?outputs.connectionString ?? ''
    alwaysReady: alwaysReady
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    operationsKeyHash: operationsKeyHash
    otlpEndpoint: otlpEndpoint
    rateLimit: rateLimit
    regions: regions
    signIn: signIn
  }
}

module alerts 'alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    actionGroupName: 'ag-${token}'
    componentId: monitoring.outputs.componentId
    emails: alertEmails
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output SERVICE_URL string = 'https://${app.outputs.hostName}/api/v1'
