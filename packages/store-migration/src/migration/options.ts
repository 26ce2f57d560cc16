import type { IdentityStore, IdentityStoreOptions, ListableIdentityStore } from "@acs-auth/core";
import { checkPositiveWholeNumber, checkStore, hasMethod } from "../option-checks.js";
import type { MigrationProblem } from "./problem.js";

/** Options of `migrateMappings`. */
export interface MigrateMappingsOptions extends Pick<IdentityStoreOptions, "abortSignal" | "tracingOptions"> {
  /** The store to copy from. Its `capabilities.list` must be true. */
  readonly source: ListableIdentityStore;
  /** The store to copy to. */
  readonly target: IdentityStore;
  /** Compares only: writes nothing, and reports what the target lacks as `missing`. Default: false. */
  readonly verifyOnly?: boolean;
  /**
   * What to do where the target has another identity for a user: leave it and report it, or put the source's mapping in
   * its place and report it. Replace while the source is still asked first (stage `read-through`). Default: `report`.
   */
  readonly onDifference?: "report" | "replace";
  /** Continues an earlier migration: the `continuationToken` of its last progress. Default: begins at the beginning. */
  readonly continuationToken?: string;
  /** How many mappings to ask the source for at a time. Default: the source's own choice. */
  readonly maxPageSize?: number;
  /** How many mappings are copied at the same time. Default: 8. */
  readonly concurrency?: number;
  /**
   * How long a failing request is repeated, in milliseconds, where the failure may pass (an outage, throttling); the
   * migration then rejects. Default: 300,000.
   */
  readonly maxRetryDurationInMs?: number;
  /** After how many problems the migration stops. Default: 1,000. */
  readonly maxProblems?: number;
  /** Called after each page; a promise is waited for. What it throws ends the migration. */
  readonly onProgress?: (progress: MigrationProgress) => void | Promise<void>;
}

/** How far a migration has come since it was started or continued. */
export interface MigrationProgress {
  /** How many mappings the source has given, the unreadable ones included. */
  readonly read: number;
  /** How many of them this migration has written to the target. */
  readonly copied: number;
  /** How many of them the target had already. */
  readonly alreadyThere: number;
  /** How many of them were removed from the source while they were copied; they are in neither store. */
  readonly removedMeanwhile: number;
  /** What was not copied, and what was replaced. */
  readonly problems: readonly MigrationProblem[];
  /** Where to continue: keep it. `undefined` once everything has been read. */
  readonly continuationToken: string | undefined;
}

/** What a migration came to. */
export interface MigrationReport extends MigrationProgress {
  /** False if it stopped at `maxProblems`; `continuationToken` then continues it. */
  readonly completed: boolean;
}

/** @throws TypeError that names the option. */
export function checkMigrateOptions(options: MigrateMappingsOptions): void {
  checkStore("source", options.source);
  checkStore("target", options.target);
  if (!options.source.capabilities.list || !hasMethod(options.source, "listMappings")) {
    throw new TypeError("source cannot list its mappings: its capabilities.list is false.");
  }
  if (options.source === (options.target as unknown)) throw new TypeError("source and target must be two stores.");
  for (const option of ["maxPageSize", "concurrency", "maxRetryDurationInMs", "maxProblems"] as const) {
    checkPositiveWholeNumber(option, options[option]);
  }
  if (options.onDifference !== undefined && !["report", "replace"].includes(options.onDifference)) {
    throw new TypeError('onDifference must be "report" or "replace".');
  }
  if (options.onProgress !== undefined && typeof options.onProgress !== "function") {
    throw new TypeError("onProgress must be a function.");
  }
}
