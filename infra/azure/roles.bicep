// The built-in roles that are granted, by name. Their ids are the same in every cloud.

@export()
@description('What the functions and their host do on the storage account: state in tables, messages in queues, the package, leases and the key ring in blobs.')
var storageRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

@export()
@description('What they do on the vault: read the keys of the hashes, wrap and unwrap the Data Protection keys.')
var vaultRoles = {
  'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
}

@export()
@description('What they do on the Durable Task Scheduler, where it is the backend.')
var schedulerRoles = {
  'Durable Task Data Contributor': '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}
