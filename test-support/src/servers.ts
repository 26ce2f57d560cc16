import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { UserKey } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll } from "vitest";
import { useBundle } from "./bundle.js";
import { runServers, type ServerOutcome } from "./server-processes.js";

export interface ServersJob {
  readonly processes: number;
  /** How many calls each process makes, all at once, for the users in turn. */
  readonly callsPerProcess: number;
  readonly users: readonly UserKey[];
  /** What each process gives to the `createStore` of the store's module. */
  readonly storeArgument: unknown;
}

export function newUsers(count: number): UserKey[] {
  return Array.from({ length: count }, () => ({ tenantId: randomUUID(), objectId: randomUUID() }));
}

/** Servers in processes of their own, over one store and one emulator. For the top of a test file. */
export class Servers {
  readonly #serverProcess = useBundle(new URL("./server-process.ts", import.meta.url));
  readonly #store: string;
  #emulator: Emulator | undefined;

  /** @param store A module that has `createStore(argument)`. */
  constructor(store: URL) {
    this.#store = useBundle(store);
    beforeAll(async () => {
      this.#emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
    });
    afterAll(() => this.#emulator?.close());
  }

  /** Lets all processes call `getOrCreateUser` together. Returns the ids that each user got, and how many orphans. */
  async getOrCreateUsers({ processes, callsPerProcess, users, storeArgument }: ServersJob) {
    const calls = Array.from({ length: callsPerProcess }, (_, n) => n % users.length);
    const outcomes: ServerOutcome[] = await runServers(fileURLToPath(this.#serverProcess), processes, {
      connectionString: this.#emulator?.communication.connectionString ?? "",
      store: { module: this.#store, argument: storeArgument },
      users: calls.flatMap((n) => users[n] ?? []),
    });
    const idsOf = (n: number) => outcomes.flatMap(({ ids }) => ids.filter((_, call) => calls[call] === n));
    return {
      idsByUser: users.map((_, n) => idsOf(n)),
      orphans: outcomes.reduce((sum, outcome) => sum + outcome.orphans, 0),
    };
  }

  /** The identities that ACS holds. */
  liveIdentities(): string[] {
    const identities = this.#emulator?.state().communication.identities ?? [];
    return identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id);
  }
}
