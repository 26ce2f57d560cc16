import type { CaseContext } from "../case-context.js";
import type { IdentityStoreHarness } from "../types.js";

/** One promise of the contract and how it is checked. */
export interface ConformanceCase {
  readonly title: string;
  /** Default: every store. */
  readonly appliesTo?: (harness: IdentityStoreHarness) => boolean;
  run(context: CaseContext): Promise<void>;
}

export interface CaseGroup {
  readonly title: string;
  readonly cases: readonly ConformanceCase[];
}

export const hasNetwork = ({ inProcess }: IdentityStoreHarness): boolean => !inProcess;
