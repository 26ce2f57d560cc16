import { logger } from "../diagnostics/logger.js";
import type { AcsAuthError } from "../errors/acs-auth-error.js";
import type { UserKey } from "../user.js";
import type { Deadline } from "./deadline.js";

/**
 * An ACS identity that no mapping names, or may not. ACS cannot list identities: whoever receives this should keep it
 * until the identity is deleted or found to be in use.
 */
export interface OrphanedIdentity {
  /** `certain`: it exists and no mapping names it. `possible`: whether it exists, or is mapped, is unknown. */
  readonly certainty: "certain" | "possible";
  /** Undefined where the reply that would have carried it was lost. */
  readonly communicationUserId: string | undefined;
  /** For whom it was created. */
  readonly user: UserKey;
  /**
   * - `cleanup_failed`: it was not needed, and deleting it failed.
   * - `mapping_outcome_unknown`: whether its mapping was written is unknown. Ask `getUser` before deleting it.
   * - `create_reply_lost`: a creation failed in a way that leaves open whether ACS carried it out.
   * - `replaced`: its mapping was replaced (`replaceDisownedIdentity`), and it lives in another ACS resource.
   */
  readonly reason: "cleanup_failed" | "mapping_outcome_unknown" | "create_reply_lost" | "replaced";
  /** The failure that left it behind. */
  readonly error: AcsAuthError | undefined;
}

/** Receives every orphan. May be asynchronous; a failure is logged and changes nothing else. */
export type OrphanedIdentityHook = (orphan: OrphanedIdentity) => void | Promise<void>;

/** The least time that a hook is given, even where the call's budget has run out. */
const LEAST_HOOK_TIME_IN_MS = 1_000;

/** Hands orphans to the application's hook, and says in the log that there was one. */
export class OrphanReporter {
  readonly #hook: OrphanedIdentityHook | undefined;

  constructor(hook: OrphanedIdentityHook | undefined) {
    this.#hook = hook;
  }

  /** Resolves when the hook has finished, or has been given its time. */
  async report(orphan: OrphanedIdentity, deadline?: Deadline): Promise<void> {
    logger.warning(`An ACS identity is a ${orphan.certainty} orphan: ${orphan.reason}.`);
    if (!this.#hook) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(LEAST_HOOK_TIME_IN_MS, deadline?.remainingInMs ?? 0));
    });
    try {
      await Promise.race([this.#callHook(this.#hook, orphan), enough]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #callHook(hook: OrphanedIdentityHook, orphan: OrphanedIdentity): Promise<void> {
    try {
      await hook(orphan);
    } catch (error) {
      logger.error(`onOrphanedIdentity failed with ${error instanceof Error ? error.name : typeof error}.`);
    }
  }
}
