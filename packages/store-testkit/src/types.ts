import type { IdentityStore, IdentityStoreCapabilities, IdentityStoreOptions, UserKey } from "@acs-auth/core";

/** What the suite needs of a test runner. vitest, node:test, Jest and Mocha all have it. */
export interface TestRunner {
  /** Groups cases. */
  describe(name: string, body: () => void): unknown;
  /** Runs one case. */
  it(name: string, body: () => Promise<void>): unknown;
}

/** How the suite gets at the store under test. */
export interface IdentityStoreHarness {
  /** The store's name, for the titles. */
  readonly name: string;
  /** What the store promises. It decides which cases apply, and every instance must declare the same. */
  readonly capabilities: IdentityStoreCapabilities;
  /**
   * True for a store that is its own backend, in the memory of this process, and sends no requests: it has nothing to
   * take down, delay or lose replies of, and one instance per backend. Only with `insert: "process"`. Default: false.
   */
  readonly inProcess?: boolean;
  /** A fresh backend, isolated from all others. Called once for a case, and twice for the one that compares two. */
  setup(): Promise<StoreBackend>;
}

/** What one case works with: an isolated part of the store's backend, such as a table, container or database. */
export interface StoreBackend {
  /**
   * A new instance over this backend, with its own client and connections. Never the same object twice, except where
   * the harness is `inProcess`.
   */
  createStore(): IdentityStore | Promise<IdentityStore>;
  /**
   * What the backend holds for a user, read past the store: the `communicationUserId` or `undefined`. Never called
   * while the network is down or delayed. Only an `inProcess` store that nobody can look into may answer it by itself.
   */
  probe(user: UserKey): Promise<string | undefined>;
  /**
   * The options that the store needs with every call for a user, such as the `userAssertion` of delegated access. Also
   * called for users that the backend cannot hold. Default: none.
   */
  optionsFor?(user: UserKey): IdentityStoreOptions | Promise<IdentityStoreOptions>;
  /**
   * The user with the number `n` (0 to 15), where the backend holds only users that it knows. Such a store may refuse
   * users with unusual characters; without this function it must hold them. Default: made-up users.
   */
  user?(n: number): UserKey;
  /** The network between stores and backend. Required unless the harness is `inProcess`. */
  readonly network?: BackendNetwork;
  /** How another process gets a store over this backend. Required for `insert: "shared"`. */
  readonly fork?: ForkedStore;
  /** Removes what the case left behind and closes what was opened. */
  teardown(): Promise<void>;
}

/** Trouble between the stores and their backend. `startFaultProxy` makes it for any protocol over TCP. */
export interface BackendNetwork {
  /** From now on every request fails without an effect, as if the backend were gone. */
  takeDown(): Promise<void>;
  /** Ends what `takeDown` began. */
  bringUp(): Promise<void>;
  /** From now on every request takes this much longer, in milliseconds. 0 ends it. */
  delay(milliseconds: number): Promise<void>;
  /**
   * The next write has its effect, and its reply never arrives. Reads before it are answered, and so is all that follows.
   * Where no write came, `teardown` should reject: the case has then tested nothing.
   */
  loseNextReply(): Promise<void>;
}

/** A store in another process. */
export interface ForkedStore {
  /**
   * The URL of a module that plain Node can import and that exports
   * `createStore(argument): IdentityStore | Promise<IdentityStore>`.
   */
  readonly module: string;
  /** Handed to `createStore`; a value that JSON can carry. */
  readonly argument: unknown;
}
