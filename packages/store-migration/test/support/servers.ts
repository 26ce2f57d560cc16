import type { IdentityStore } from "@acs-auth/core";
import { LayeredIdentityStore, type MigrationStage } from "@acs-auth/store-migration";

/** What a server has for its store in the course of a move, in order. */
export const STEPS = ["previous alone", "attach", "dual-write", "read-through", "detach", "current alone"] as const;

export type Step = (typeof STEPS)[number];

/** The steps that run at the same time while one deployment replaces another. */
export const NEIGHBOURS = STEPS.slice(1).map((step, n) => [STEPS[n] ?? step, step] as const);

export function serverAt(step: Step, current: IdentityStore, previous: IdentityStore): IdentityStore {
  if (step === "previous alone") return previous;
  if (step === "current alone") return current;
  return new LayeredIdentityStore({ current, previous, stage: step satisfies MigrationStage });
}

/** Whether the mappings have been copied before servers at this step start. */
export function isAfterMigration(step: Step): boolean {
  return step === "detach" || step === "current alone";
}
