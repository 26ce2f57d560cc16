import type { AbortSignalLike } from "@azure/abort-controller";
import type { OperationTracingOptions } from "@azure/core-tracing";
import type { AcsAuthError } from "./errors/acs-auth-error.js";
import type { UserKey } from "./user.js";

/** The durable fact "this user is that ACS identity". Immutable once written. */
export interface IdentityMapping {
  /** Whose identity it is: unique in a store. */
  readonly user: UserKey;
  /** The raw id of the ACS identity, `8:acs:<resource>_<user>`. */
  readonly communicationUserId: string;
  /** When the identity was created, with millisecond precision. */
  readonly createdOn: Date;
}

/** Passed to every method of an {@link IdentityStore}. */
export interface IdentityStoreOptions {
  /** Ends the call early; the store rejects with an error whose `name` is `AbortError`. */
  readonly abortSignal?: AbortSignalLike;
  /** The parent of the spans that the store creates. */
  readonly tracingOptions?: OperationTracingOptions;
  /** The caller's access token, for stores that act on the user's behalf (delegated Microsoft Graph). */
  readonly userAssertion?: string;
}

/** What a store can promise, as data that the service, the conformance suite and people read. */
export interface IdentityStoreCapabilities {
  /**
   * How far {@link IdentityStore.insertIfAbsent} is atomic: `shared` across processes and machines, `process` within
   * this process only, `best-effort` where the backend documents no promise.
   */
  readonly insert: "shared" | "process" | "best-effort";
  /** Whether {@link IdentityStore.removeIfMatches} compares and removes in one atomic step. */
  readonly conditionalRemove: boolean;
  /** Whether the store can list its mappings; it then is a {@link ListableIdentityStore}. */
  readonly list: boolean;
}

/** The result of {@link IdentityStore.insertIfAbsent}. */
export interface InsertResult {
  /** True for the one call that wrote the mapping. */
  readonly inserted: boolean;
  /** What the store now holds for the user: the caller's mapping or the earlier one. */
  readonly mapping: IdentityMapping;
}

/**
 * Where mappings live. Three methods, all required.
 *
 * "Already there" and "not there" are results. A rejection means that the outcome is *unknown*, with two exceptions: an
 * `AcsAuthError` with the code `store_denied` or `throttled` says that the backend refused and that nothing was written.
 * Objects passed in are not kept and objects handed out are not shared: both are copies.
 */
export interface IdentityStore {
  /** A short name for logs and error messages, such as `memory`. */
  readonly name: string;
  /** What may be relied on; stays the same for the life of the instance. */
  readonly capabilities: IdentityStoreCapabilities;

  /**
   * The mapping of a user. Resolves to `undefined` only when the backend positively says "absent"; every other failure
   * rejects.
   */
  get(user: UserKey, options?: IdentityStoreOptions): Promise<IdentityMapping | undefined>;

  /**
   * Writes a mapping unless the user has one. Of any number of concurrent calls for one user exactly one resolves with
   * `inserted: true`, and all resolve with the same mapping. Never overwrites.
   */
  insertIfAbsent(mapping: IdentityMapping, options?: IdentityStoreOptions): Promise<InsertResult>;

  /**
   * Removes the mapping of a user, but only while it names `communicationUserId`. Resolves to true for exactly one of
   * any number of concurrent calls.
   */
  removeIfMatches(user: UserKey, communicationUserId: string, options?: IdentityStoreOptions): Promise<boolean>;
}

/** Options of {@link ListableIdentityStore.listMappings}. */
export interface ListMappingsOptions extends Pick<IdentityStoreOptions, "abortSignal" | "tracingOptions"> {
  /** Continues an earlier listing after the page that carried this token. Default: begins at the beginning. */
  readonly continuationToken?: string;
  /** The most mappings to a page. Backends may give fewer. Default: the store's own choice. */
  readonly maxPageSize?: number;
}

/** Some of a store's mappings. */
export interface MappingPage {
  /** May be empty, also on a page that is not the last. */
  readonly mappings: readonly IdentityMapping[];
  /** What stands where mappings are and is none that the store would follow. */
  readonly unreadable: readonly UnreadableMapping[];
  /** Continues after this page, from any instance over the same backend. `undefined` on the last page. */
  readonly continuationToken: string | undefined;
}

/** Something that stands in place of a mapping. */
export interface UnreadableMapping {
  /** Whose mapping it would be; `undefined` where not even that can be told. */
  readonly user: UserKey | undefined;
  /** Why it is refused: what reading it by its user would reject with. */
  readonly error: AcsAuthError;
}

/**
 * A store that can list its mappings, for moving to another store. Not every store can: `capabilities.list` says so, and
 * where it is false, `listMappings` is absent or throws a `TypeError`.
 */
export interface ListableIdentityStore extends IdentityStore {
  /**
   * All mappings, page by page, in no particular order. A mapping that is there from the beginning to the end is given
   * at least once; one that is written or removed meanwhile may or may not be. A failure rejects and never ends the
   * listing as if it were complete; the last page's `continuationToken` then continues it.
   *
   * @throws TypeError for a malformed option. A continuation token of another backend rejects with a `TypeError` or with
   * the code `store_denied`.
   */
  listMappings(options?: ListMappingsOptions): AsyncIterable<MappingPage>;
}
