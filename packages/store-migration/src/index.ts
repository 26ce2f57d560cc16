export {
  LayeredIdentityStore,
  type LayeredIdentityStoreOptions,
  type MigrationStage,
} from "./layered/layered-identity-store.js";
export { migrateMappings } from "./migration/migrate-mappings.js";
export type { MigrateMappingsOptions, MigrationProgress, MigrationReport } from "./migration/options.js";
export type { MigrationProblem } from "./migration/problem.js";
