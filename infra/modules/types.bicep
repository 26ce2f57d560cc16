/** What the server is, whatever it runs on. */
@export()
type server = {
  name: string
  location: string
  tags: object
  /** Resource id of its managed identity. */
  identityId: string
  settings: { name: string, value: string }[]
  /** The secret in Key Vault, without a version; empty where the store has none. */
  mappingKeysUrl: string
  workspaceId: string
}
