export { type AppOnlyOptions, appOnly } from "./access/app-only.js";
export type { GraphAccess } from "./access/graph-access.js";
export {
  type OnBehalfOfCommonOptions,
  type OnBehalfOfCredentials,
  type OnBehalfOfOptions,
  onBehalfOf,
} from "./access/on-behalf-of.js";
export type { AdoptUnsignedMappings } from "./adoption.js";
export type { GraphCloudName } from "./graph/clouds.js";
export { GraphIdentityStore } from "./graph-identity-store.js";
export { type MappingKey, parseMappingKeys } from "./mapping/mapping-keys.js";
export type { GraphIdentityStoreOptions } from "./options.js";
