import { AcsAuthError, type IdentityMapping, type MappingPage } from "@acs-auth/core";
import pMap from "p-map";
import { type Copying, copyMapping, type Outcome } from "./copy-mapping.js";
import { checkMigrateOptions, type MigrateMappingsOptions, type MigrationReport } from "./options.js";
import { pagesOf } from "./pages.js";
import { withRetries } from "./retry.js";
import { Tally } from "./tally.js";

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_MAX_RETRY_DURATION_IN_MS = 300_000;
const DEFAULT_MAX_PROBLEMS = 1_000;

/** What concerns one user's mapping and not the migration. */
const REFUSALS = ["mapping_invalid", "mapping_tampered", "mapping_unsigned", "store_denied"] as const;

/**
 * Copies the mappings of one store to another while both are in use. Where the target has another identity for a user,
 * that is reported, and left alone unless `onDifference` says otherwise. What is copied is read back, and taken back if
 * its user was deleted from the source meanwhile. Running it again does no harm, and with `verifyOnly` it only
 * compares.
 *
 * Failures that may pass are repeated. A migration that rejects, was aborted or was killed goes on where it was with the
 * `continuationToken` of the last `onProgress`.
 *
 * The servers that use the stores meanwhile must know both: see {@link LayeredIdentityStore}, stage `read-through`.
 *
 * @returns what was copied and what was not.
 * @throws TypeError for a missing or impossible option; the message names it.
 * @throws AcsAuthError `aborted`, or what a store rejects with for longer than `maxRetryDurationInMs`.
 */
export async function migrateMappings(options: MigrateMappingsOptions): Promise<MigrationReport> {
  checkMigrateOptions(options);
  const controller = new AbortController();
  const abort = () => controller.abort();
  options.abortSignal?.addEventListener("abort", abort);
  if (options.abortSignal?.aborted) abort();
  try {
    return await migrate(options, controller.signal);
  } catch (error) {
    if (options.abortSignal?.aborted) throw new AcsAuthError("aborted", "The migration was aborted.", { cause: error });
    throw error;
  } finally {
    controller.abort();
    options.abortSignal?.removeEventListener("abort", abort);
  }
}

async function migrate(options: MigrateMappingsOptions, signal: AbortSignal): Promise<MigrationReport> {
  const { maxProblems = DEFAULT_MAX_PROBLEMS, onProgress } = options;
  const { maxRetryDurationInMs = DEFAULT_MAX_RETRY_DURATION_IN_MS, tracingOptions } = options;
  const copying: Copying = {
    source: options.source,
    target: options.target,
    verifyOnly: options.verifyOnly ?? false,
    replaceDifferent: options.onDifference === "replace",
    options: { abortSignal: signal, ...(tracingOptions ? { tracingOptions } : {}) },
    retry: (request) => withRetries(request, maxRetryDurationInMs, signal),
  };
  const tally = new Tally();
  for await (const page of pagesOf(options, copying)) {
    tally.add(page, await copyPage(page, copying, options.concurrency ?? DEFAULT_CONCURRENCY, signal));
    await onProgress?.(tally.progress());
    if (tally.problems >= maxProblems) return { ...tally.progress(), completed: page.continuationToken === undefined };
  }
  return { ...tally.progress(), completed: true };
}

async function copyPage(page: MappingPage, copying: Copying, concurrency: number, signal: AbortSignal) {
  const copy = (mapping: IdentityMapping) =>
    copyMapping(copying, mapping).catch((error: unknown) => refusalOf(mapping, error));
  return pMap(page.mappings, copy, { concurrency, signal });
}

function refusalOf({ user }: IdentityMapping, error: unknown): Outcome {
  const isOfUser = error instanceof TypeError || REFUSALS.some((code) => AcsAuthError.is(error, code));
  if (!isOfUser || !(error instanceof Error)) throw error;
  return { kind: "refused", user, error };
}
