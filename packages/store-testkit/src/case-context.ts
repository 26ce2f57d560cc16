import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { IdentityMapping, IdentityStore, IdentityStoreOptions, UserKey } from "@acs-auth/core";
import { Caller } from "./caller.js";
import { ForkedIdentityStore } from "./processes/forked-identity-store.js";
import { assertMapping } from "./same-mapping.js";
import type { BackendNetwork, IdentityStoreHarness, StoreBackend } from "./types.js";

/** What a case works with. Ends, with its backends and processes, when the case does. */
export class CaseContext {
  readonly harness: IdentityStoreHarness;
  readonly backend: StoreBackend;
  readonly #stores = new Set<IdentityStore>();
  #reader: Caller | undefined;
  readonly #cleanups: (() => Promise<void>)[] = [];
  readonly #optionsFor = (user: UserKey): IdentityStoreOptions | Promise<IdentityStoreOptions> =>
    this.backend.optionsFor?.(user) ?? {};

  private constructor(harness: IdentityStoreHarness, backend: StoreBackend) {
    this.harness = harness;
    this.backend = backend;
    this.#cleanups.push(() => backend.teardown());
  }

  static async use(harness: IdentityStoreHarness, run: (context: CaseContext) => Promise<void>): Promise<void> {
    const context = new CaseContext(harness, await harness.setup());
    try {
      await run(context);
    } finally {
      await context.#cleanUp();
    }
  }

  async #cleanUp(): Promise<void> {
    const cleanup = this.#cleanups.pop();
    if (!cleanup) return;
    try {
      await cleanup();
    } finally {
      await this.#cleanUp();
    }
  }

  /** A store instance that no other caller has. */
  async caller(): Promise<Caller> {
    return new Caller(await this.createStore(), this.#optionsFor);
  }

  async callers(count: number): Promise<Caller[]> {
    return Promise.all(Array.from({ length: count }, () => this.caller()));
  }

  async createStore(): Promise<IdentityStore> {
    const store = await this.backend.createStore();
    assert.ok(
      this.harness.inProcess || !this.#stores.has(store),
      "The harness returned the same store twice: createStore must make a new, independent instance.",
    );
    this.#stores.add(store);
    return store;
  }

  /** A store in a process of its own. */
  async forkedCaller(): Promise<Caller> {
    assert.ok(this.backend.fork, 'The harness of a store with insert: "shared" must say how to fork it.');
    const store = await ForkedIdentityStore.start(this.backend.fork);
    this.#cleanups.push(() => store.close());
    return new Caller(store, this.#optionsFor);
  }

  /** Another backend of the same harness. */
  async another(): Promise<CaseContext> {
    const context = new CaseContext(this.harness, await this.harness.setup());
    this.#cleanups.push(() => context.backend.teardown());
    return context;
  }

  get network(): BackendNetwork {
    assert.ok(this.backend.network, "The harness of a store that is not inProcess must have a network.");
    return this.backend.network;
  }

  /** Runs with every request so much slower; at once where there are no requests. */
  async whileDelayed<T>(milliseconds: number, run: () => Promise<T>): Promise<T> {
    if (this.harness.inProcess) return run();
    await this.network.delay(milliseconds);
    try {
      return await run();
    } finally {
      await this.network.delay(0);
    }
  }

  /** Runs with every request failing. */
  async whileDown(run: () => Promise<void>): Promise<void> {
    await this.network.takeDown();
    try {
      await run();
    } finally {
      await this.network.bringUp();
    }
  }

  user(n = 0): UserKey {
    const digits = String(n).padStart(12, "0");
    return (
      this.backend.user?.(n) ?? {
        tenantId: "a0000000-0000-4000-8000-000000000000",
        objectId: `b0000000-0000-4000-8000-${digits}`,
      }
    );
  }

  /** A mapping to a new identity. */
  mapping(user: UserKey): IdentityMapping {
    return {
      user: { ...user },
      communicationUserId: `8:acs:${randomUUID()}_${randomUUID()}`,
      createdOn: new Date("2026-01-02T03:04:05.678Z"),
    };
  }

  /** What an instance that only reads, and the backend itself, hold for a user. */
  async assertStored(user: UserKey, expected: IdentityMapping | undefined): Promise<void> {
    this.#reader ??= await this.caller();
    assertMapping(await this.#reader.get(user), expected, "Another instance reads something else.");
    assert.equal(
      await this.backend.probe(user),
      expected?.communicationUserId,
      "The backend itself holds something else.",
    );
  }
}
