import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { UserKey } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, expect } from "vitest";
import { useBundle } from "./bundle.js";
import { runServers } from "./server-processes.js";

const PROCESSES = 4;
const CALLS_PER_PROCESS = 250;
const USERS = 100;

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

  /**
   * Lets 4 processes make 250 first calls each for the same 100 users, all at once, and expects 100 identities and no orphan.
   *
   * @param find Reads past the store whose identity is mapped.
   */
  async expectOneIdentityPerUser(
    storeArgument: unknown,
    find: (user: UserKey) => Promise<string | undefined>,
  ): Promise<void> {
    const users = Array.from({ length: USERS }, () => ({ tenantId: randomUUID(), objectId: randomUUID() }));
    const calls = Array.from({ length: CALLS_PER_PROCESS }, (_, n) => n % USERS);
    const outcomes = await runServers(fileURLToPath(this.#serverProcess), PROCESSES, {
      connectionString: this.#emulator?.communication.connectionString ?? "",
      store: { module: this.#store, argument: storeArgument },
      users: calls.flatMap((n) => users[n] ?? []),
    });
    const idsOf = (n: number) => outcomes.flatMap(({ ids }) => ids.filter((_, call) => calls[call] === n));
    const answered = users.map((_, n) => idsOf(n));
    const mapped: (string | undefined)[] = [];
    for (const user of users) mapped.push(await find(user));

    expect(outcomes.map(({ orphans }) => orphans)).toEqual(Array(PROCESSES).fill(0));
    expect(answered.flat()).toHaveLength(PROCESSES * CALLS_PER_PROCESS);
    expect(answered.map((ids) => [...new Set(ids)])).toEqual(mapped.map((id) => [id]));
    expect(this.#liveIdentities().sort()).toEqual(mapped.sort());
  }

  #liveIdentities(): string[] {
    const identities = this.#emulator?.state().communication.identities ?? [];
    return identities.filter(({ deletedOn }) => deletedOn === undefined).map(({ id }) => id);
  }
}
