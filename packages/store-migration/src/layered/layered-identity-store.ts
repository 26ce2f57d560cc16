import type {
  IdentityMapping,
  IdentityStore,
  IdentityStoreCapabilities,
  IdentityStoreOptions,
  InsertResult,
  UserKey,
} from "@acs-auth/core";
import { checkStore } from "../option-checks.js";
import { attach } from "./attach.js";
import { detach } from "./detach.js";
import { dualWrite } from "./dual-write.js";
import { readThrough } from "./read-through.js";
import type { StageOperations } from "./two-stores.js";

const STAGES = { attach, "dual-write": dualWrite, "read-through": readThrough, detach } as const;

/** From the weakest promise to the strongest. */
const INSERT_PROMISES = ["best-effort", "process", "shared"] as const;

/**
 * How far a move has come:
 *
 * | stage | new mappings go to | which store is read |
 * | --- | --- | --- |
 * | `attach` | `previous` | `previous` |
 * | `dual-write` | `current`, then `previous` | `previous`, then `current` |
 * | `read-through` | `current` | `previous`, then `current` |
 * | `detach` | `current` | `current` |
 *
 * Removals reach both stores at every stage.
 *
 * @useDeclaredType
 */
export type MigrationStage = keyof typeof STAGES;

/** Options of {@link LayeredIdentityStore}. */
export interface LayeredIdentityStoreOptions {
  /** The store to move to. */
  readonly current: IdentityStore;
  /** The store to move from. */
  readonly previous: IdentityStore;
  /** How far this server has come; others may be one stage ahead or behind. */
  readonly stage: MigrationStage;
}

/**
 * Two stores as one, for the time of a move from one to the other with servers running.
 *
 * Servers at neighbouring stages may run at the same time, as they do while a deployment replaces one by one, and so may
 * servers with `previous` alone beside `attach`, and with `current` alone beside `detach`: there is always one store
 * that decides, and the same for all. Do not skip a stage, and do not begin the next before every server has reached
 * this one. Run `migrateMappings` at `read-through`, and go on only once it has nothing left to report. Every stage
 * can be taken back to the one before.
 *
 * Rejects with what the two stores reject with; at `dual-write` also with `store_unavailable`, reason `half_written`, for a
 * mapping that reached `current` only: calling again completes it.
 */
export class LayeredIdentityStore implements IdentityStore {
  readonly name: string;
  /**
   * What both stores promise of insertions; at `detach` what `current` does. Removing from two stores is not one step,
   * so several concurrent callers may be told that they removed a mapping. It cannot list: list the two stores.
   */
  readonly capabilities: IdentityStoreCapabilities;
  readonly #operations: StageOperations;

  /** @throws TypeError for a missing or impossible option; the message names it. */
  constructor({ current, previous, stage }: LayeredIdentityStoreOptions) {
    checkStore("current", current);
    checkStore("previous", previous);
    if (current === previous) throw new TypeError("current and previous must be two stores.");
    if (!Object.hasOwn(STAGES, stage)) throw new TypeError(`stage must be one of: ${Object.keys(STAGES).join(", ")}.`);
    this.name = `${current.name}, moving from ${previous.name}`;
    const deciding = stage === "detach" ? [current] : [current, previous];
    this.capabilities = { insert: weakestInsert(deciding), conditionalRemove: false, list: false };
    this.#operations = STAGES[stage]({ current, previous });
  }

  async get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined> {
    return this.#operations.get(user, options);
  }

  async insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult> {
    return this.#operations.insertIfAbsent(mapping, options);
  }

  async removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean> {
    return this.#operations.removeIfMatches(user, communicationUserId, options);
  }
}

function weakestInsert(stores: readonly IdentityStore[]): IdentityStoreCapabilities["insert"] {
  const promises = stores.map(({ capabilities }) => capabilities.insert);
  return INSERT_PROMISES.find((promise) => promises.includes(promise)) ?? "best-effort";
}
