import { setTimeout } from "node:timers/promises";
import {
  AcsAuthError,
  type IdentityMapping,
  type IdentityStore,
  type IdentityStoreCapabilities,
  type IdentityStoreOptions,
  type InsertResult,
  type UserKey,
} from "@acs-auth/core";
import type { FaultPlan, RemoteFault } from "./faults.js";
import type { Pending } from "./pending.js";

/** A store whose calls fail before or after their effect. A call that is delayed takes effect although its caller left. */
export class FaultyStore implements IdentityStore {
  readonly name: string;
  readonly capabilities: IdentityStoreCapabilities;
  readonly #store: IdentityStore;
  readonly #plan: FaultPlan;
  readonly #pending: Pending;

  constructor(store: IdentityStore, plan: FaultPlan, pending: Pending) {
    this.name = store.name;
    this.capabilities = store.capabilities;
    this.#store = store;
    this.#plan = plan;
    this.#pending = pending;
  }

  async get(user: UserKey, options: IdentityStoreOptions = {}): Promise<IdentityMapping | undefined> {
    return this.#call(options, (passed) => this.#store.get(user, passed));
  }

  async insertIfAbsent(mapping: IdentityMapping, options: IdentityStoreOptions = {}): Promise<InsertResult> {
    return this.#call(options, (passed) => this.#store.insertIfAbsent(mapping, passed));
  }

  async removeIfMatches(user: UserKey, id: string, options: IdentityStoreOptions = {}): Promise<boolean> {
    return this.#call(options, (passed) => this.#store.removeIfMatches(user, id, passed));
  }

  async #call<T>(options: IdentityStoreOptions, run: (passed: IdentityStoreOptions) => Promise<T>): Promise<T> {
    const fault = this.#plan.strike();
    if (!fault) return this.#pending.track(() => run(options));
    const { abortSignal: _, ...unaborted } = options;
    const { stage = "before", connection, status } = fault;
    const fails = connection !== undefined || status !== undefined;
    const done = await this.#pending.track(async () => {
      if (stage === "before") await setTimeout(fault.delayInMs);
      const effect = stage === "after" || !fails ? { result: await run(unaborted) } : undefined;
      if (stage === "after") await setTimeout(fault.delayInMs);
      return effect;
    });
    if (connection === "hang") return new Promise(() => {});
    if (fails || !done) throw failure(fault);
    return done.result;
  }
}

/** Only a refusal before the effect says that nothing was written. */
function failure({ status, stage = "before", retryAfterInSeconds }: RemoteFault): Error {
  const retryAfter = retryAfterInSeconds === undefined ? {} : { retryAfterInMs: retryAfterInSeconds * 1_000 };
  if (stage === "before" && status === 429) return new AcsAuthError("throttled", "The store is busy.", retryAfter);
  if (stage === "before" && status === 403) return new AcsAuthError("store_denied", "The store refuses.");
  return new Error("The store failed.");
}
