import { randomUUID } from "node:crypto";
import {
  type AcsAccessToken,
  AcsAuthService,
  type AcsIdentityClient,
  type IdentityStore,
  type OrphanedIdentity,
} from "@acs-auth/core";
import { MemoryIdentityStore } from "@acs-auth/store-memory";
import type { Scheduler } from "fast-check";

/** What becomes of a remote call: `before` it fails without effect, `after` it takes effect and its reply is lost. */
export type Fate = "fine" | "before" | "after";

const RESOURCE_ID = randomUUID();

/**
 * ACS and a store in memory, where a scheduler decides when each remote call takes effect and when its answer arrives:
 * orders of events that no network could be made to produce on demand.
 */
export class ScheduledWorld {
  readonly live = new Set<string>();
  readonly orphans: OrphanedIdentity[] = [];
  readonly truth = new MemoryIdentityStore();
  readonly #scheduler: Scheduler;
  readonly #fates: Fate[];

  constructor(scheduler: Scheduler, fates: readonly Fate[]) {
    this.#scheduler = scheduler;
    this.#fates = [...fates];
  }

  newService(): AcsAuthService {
    return new AcsAuthService({
      identityClient: this.#newClient(),
      store: this.#newStore(),
      resourceId: RESOURCE_ID,
      onOrphanedIdentity: (orphan) => void this.orphans.push(orphan),
    });
  }

  /** From now on all goes well. */
  endFaults(): void {
    this.#fates.length = 0;
  }

  async #remote<T>(what: string, effect: () => T | Promise<T>): Promise<T> {
    const fate = this.#fates.shift() ?? "fine";
    await this.#scheduler.schedule(Promise.resolve(), `${what} arrives`);
    if (fate === "before") throw Object.assign(new Error("Refused."), { code: "ECONNREFUSED" });
    const result = await Promise.resolve()
      .then(effect)
      .finally(() => this.#scheduler.schedule(Promise.resolve(), `${what} is answered`));
    if (fate === "after") throw Object.assign(new Error("Reset."), { code: "ECONNRESET" });
    return result;
  }

  #newStore(): IdentityStore {
    const { name, capabilities } = this.truth;
    return {
      name,
      capabilities,
      get: (user) => this.#remote("get", () => this.truth.get(user)),
      insertIfAbsent: (mapping) => this.#remote("insertIfAbsent", () => this.truth.insertIfAbsent(mapping)),
      removeIfMatches: (user, id) => this.#remote("removeIfMatches", () => this.truth.removeIfMatches(user, id)),
    };
  }

  #newClient(): AcsIdentityClient {
    return {
      createUser: () => this.#remote("createUser", () => this.#create()),
      createUserAndToken: () => this.#remote("createUserAndToken", () => ({ user: this.#create(), ...newToken() })),
      getToken: ({ communicationUserId }) =>
        this.#remote("getToken", () => {
          this.#require(communicationUserId);
          return newToken();
        }),
      revokeTokens: ({ communicationUserId }) => this.#remote("revokeTokens", () => this.#require(communicationUserId)),
      deleteUser: ({ communicationUserId }) =>
        this.#remote("deleteUser", () => {
          this.#require(communicationUserId);
          this.live.delete(communicationUserId);
        }),
      getTokenForTeamsUser: () => Promise.reject(new Error("Nobody is in Teams.")),
    };
  }

  #create(): { communicationUserId: string } {
    const communicationUserId = `8:acs:${RESOURCE_ID}_${randomUUID()}`;
    this.live.add(communicationUserId);
    return { communicationUserId };
  }

  #require(communicationUserId: string): void {
    if (this.live.has(communicationUserId)) return;
    throw Object.assign(new Error("Not owned."), { statusCode: 401, code: "IdentityNotOwned" });
  }
}

function newToken(): AcsAccessToken {
  return { token: randomUUID(), expiresOn: new Date(Date.now() + 86_400_000) };
}
