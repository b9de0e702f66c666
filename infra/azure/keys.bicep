// The vault: the keys of the hashes and the key that wraps the Data Protection keys. Who loses them loses the data.

import { vaultRoles } from 'roles.bicep'

param name string
param location string
param tags object

@description('Who may use the keys.')
param principalId string

@description('Where the audit log goes.')
param workspaceId string

@description('The key of the hash by which holders are found. Used by the first deployment only.')
@secure()
param holderPepper string = newGuid()

@description('The key of the hash by which a repeated request is told from another. Used by the first deployment only.')
@secure()
param requestKey string = newGuid()

@description('The key of the hash of passwords. Used by the first deployment only.')
@secure()
param passwordKey string = newGuid()

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

// A deployment never changes a key that exists: with another pepper no holder would be found any more.
@onlyIfNotExists()
resource holderPepperSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'HolderPepper'
  properties: { value: base64(holderPepper) }
}

@onlyIfNotExists()
resource requestKeySecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'RequestKey'
  properties: { value: base64(requestKey) }
}

@onlyIfNotExists()
resource passwordKeySecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'PasswordKey'
  properties: { value: base64(passwordKey) }
}

// The ring's keys are wrapped and unwrapped in the vault. A former version must stay enabled: what it wrapped is opened at every start.
@onlyIfNotExists()
resource dataProtectionKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: 'data-protection'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(vaultRoles): {
    scope: vault
    name: guid(vault.id, principalId, role.value)
    properties: {
      description: role.key
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
    }
  }
]

output uri string = vault.properties.vaultUri
// Without a version: the current one wraps the ring's next key, and each key of the ring names the version that wrapped it.
output dataProtectionKeyUri string = '${vault.properties.vaultUri}keys/${dataProtectionKey.name}'
