import { setTimeout } from "node:timers/promises";
import { AcsAuthService, createIdentityClient, type OrphanedIdentity } from "@acs-auth/core";
import type { AddedFault } from "@acs-auth/emulator";
import { REQUEST_TIMEOUT_IN_MS } from "../backends/backend.js";
import { FaultPlan } from "../faults.js";
import { FaultyStore } from "../faulty-store.js";
import { Pending } from "../pending.js";
import { type PlannedFault, TIMEOUT_IN_MS } from "./history.js";
import type { Outcome } from "./outcome.js";
import type { World } from "./world.js";

/** Servers over one backend, the faults on their ways, and what they report. */
export class Servers {
  readonly orphans: OrphanedIdentity[] = [];
  /** How many remote calls were struck. */
  struck = 0;
  readonly #world: World;
  readonly #services: AcsAuthService[] = [];
  readonly #reusesTokens: boolean;
  readonly #storeFaults = new FaultPlan();
  readonly #pending = new Pending();
  #planned: { readonly struck: number }[] = [];
  #acsFaults: AddedFault[] = [];

  constructor(world: World, reusesTokens: boolean) {
    this.#world = world;
    this.#reusesTokens = reusesTokens;
  }

  service(instance: number): AcsAuthService {
    const n = this.#reusesTokens ? 0 : instance;
    this.#services[n] ??= this.#newService();
    return this.#services[n];
  }

  /** A server that has time. */
  patientService(): AcsAuthService {
    const { emulator, space } = this.#world;
    return new AcsAuthService({
      identityClient: createIdentityClient(emulator.communication.connectionString),
      store: space.truth,
      teamsTokenVerifier: this.#world.newTeamsTokenVerifier(),
      onOrphanedIdentity: (orphan) => void this.orphans.push(orphan),
    });
  }

  break({ at, fault }: PlannedFault): void {
    const { emulator, space } = this.#world;
    if (at === "acs") {
      const added = emulator.faults.add({ service: "communication", ...fault });
      this.#acsFaults.push(added);
      this.#planned.push(added);
    } else if (at === "network" && space.network) {
      this.#planned.push(space.network.addFault(fault));
    } else {
      this.#planned.push(this.#storeFaults.add(fault));
    }
  }

  /** Ends the faults and waits until nothing is under way any more, also for callers who have left. */
  async rest(outcomes: readonly Outcome[]): Promise<void> {
    this.struck += this.#planned.reduce((sum, { struck }) => sum + struck, 0);
    this.#planned = [];
    const acsFaults = this.#acsFaults.splice(0);
    for (const added of acsFaults) added.remove();
    this.#world.space.network?.clearFaults();
    this.#storeFaults.clear();
    const left = outcomes.some(({ answer }) => answer.kind === "error" && answer.code === "aborted");
    const delays = acsFaults.filter(({ struck }) => struck > 0).map(({ fault }) => fault.delayInMs ?? 0);
    await setTimeout(Math.max(20, left ? TIMEOUT_IN_MS : 0, ...delays));
    await this.#pending.settled();
    await this.#world.space.network?.settled();
  }

  #newService(): AcsAuthService {
    const { emulator, space } = this.#world;
    const pending = this.#pending;
    return new AcsAuthService({
      identityClient: createIdentityClient(emulator.communication.connectionString, {
        requestTimeoutInMs: REQUEST_TIMEOUT_IN_MS,
        additionalPolicies: [
          {
            position: "perRetry",
            policy: { name: "pending", sendRequest: (request, next) => pending.track(() => next(request)) },
          },
        ],
      }),
      store: new FaultyStore(space.newStore(), this.#storeFaults, pending),
      teamsTokenVerifier: this.#world.newTeamsTokenVerifier(),
      onOrphanedIdentity: (orphan) => void this.orphans.push(orphan),
      timeoutInMs: TIMEOUT_IN_MS,
      ...(this.#reusesTokens && { tokenReuse: {} }),
    });
  }
}
