import type { AbortSignalLike } from "@azure/abort-controller";
import { logger } from "../../diagnostics/logger.js";
import { throwIfAborted, untilAborted } from "../../errors/aborted.js";
import { AcsAuthError } from "../../errors/acs-auth-error.js";
import { safeCause } from "../../errors/safe-cause.js";
import { isTrustworthy } from "../option-checks.js";
import { fetchJson } from "./bounded-json.js";
import { KeySet } from "./key-set.js";
import type { KeySourceSettings } from "./key-source-options.js";

/** Where keys come from. */
export interface KeyEndpoint {
  readonly metadataUrl: URL;
  /** Whether the metadata may name this issuer. */
  acceptsIssuer(issuer: string): boolean;
  readonly allowInsecureLoopback?: boolean;
}

/** How long a failed first fetch is not repeated: with a key server that is down, a flood costs it one call a second. */
const FIRST_FETCH_PAUSE_IN_MS = 1000;

/**
 * The signing keys of one issuer: fetched when first needed, kept, and renewed as {@link KeySourceOptions} describes.
 * At most one fetch runs at a time and all who need it wait for the same one.
 *
 * Two allowances for fetches are kept apart. Keys that are absent or old may be fetched at any time but for a pause
 * after a failure; a key id that is unknown may cause a fetch once per cool-down. A flood of unknown ids thus neither
 * uses up the first nor grows the second.
 */
export class KeySource {
  readonly #endpoint: KeyEndpoint;
  readonly #settings: KeySourceSettings;
  #current: { readonly keys: KeySet; readonly requestedAt: number } | undefined;
  #fetching: Promise<KeySet> | undefined;
  #failure: Error | undefined;
  #nextRenewalAt = 0;
  #nextUnknownKeyFetchAt = 0;

  constructor(endpoint: KeyEndpoint, settings: KeySourceSettings) {
    this.#endpoint = endpoint;
    this.#settings = settings;
  }

  /**
   * The keys to verify with: those at hand, unless there are none or they have outlived their time.
   *
   * @throws AcsAuthError `key_server_unavailable` without keys, `aborted`.
   */
  async current(abortSignal: AbortSignalLike | undefined): Promise<KeySet> {
    const current = this.#current;
    if (!current) return untilAborted(this.#fetchFirst(), abortSignal);

    const now = performance.now();
    const age = now - current.requestedAt;
    if (age < this.#settings.refreshInMs || now < this.#nextRenewalAt) return current.keys;

    const hasFailed = this.#failure !== undefined;
    const renewal = this.#fetch().catch(() => current.keys);
    return age < this.#settings.cacheInMs || hasFailed ? current.keys : untilAborted(renewal, abortSignal);
  }

  /**
   * Keys asked for after a moment, for a key id that those at hand do not have; where the cool-down forbids a fetch,
   * those at hand.
   *
   * @throws AcsAuthError `key_server_unavailable` if the last fetch failed, as the key may well exist; `aborted`.
   */
  async requestedAfter(time: number, abortSignal: AbortSignalLike | undefined): Promise<KeySet> {
    throwIfAborted(abortSignal);
    if (this.#fetching) await untilAborted(this.#fetching, abortSignal);
    const now = performance.now();
    if ((this.#current?.requestedAt ?? 0) < time && now >= this.#nextUnknownKeyFetchAt) {
      this.#nextUnknownKeyFetchAt = now + this.#settings.cooldownInMs;
      return untilAborted(this.#fetch(), abortSignal);
    }
    if (!this.#current || this.#failure) throw this.#unavailable(this.#nextUnknownKeyFetchAt - now);
    return this.#current.keys;
  }

  async #fetchFirst(): Promise<KeySet> {
    const pauseInMs = this.#nextRenewalAt - performance.now();
    if (pauseInMs > 0) throw this.#unavailable(pauseInMs);
    return this.#fetch();
  }

  #fetch(): Promise<KeySet> {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchOnce(): Promise<KeySet> {
    const requestedAt = performance.now();
    try {
      const timeout = AbortSignal.timeout(this.#settings.timeoutInMs);
      const keys = await Promise.race([this.#request(timeout), rejectionOf(timeout)]);
      this.#current = { keys, requestedAt };
      this.#failure = undefined;
      return keys;
    } catch (error) {
      const pauseInMs = this.#current ? this.#settings.cooldownInMs : FIRST_FETCH_PAUSE_IN_MS;
      this.#failure = safeCause(error);
      this.#nextRenewalAt = performance.now() + pauseInMs;
      logger.warning(
        `Fetching the signing keys of ${this.#endpoint.metadataUrl.origin} failed: ${this.#failure.message}`,
      );
      throw this.#unavailable(pauseInMs);
    }
  }

  async #request(signal: AbortSignal): Promise<KeySet> {
    const { metadataUrl, acceptsIssuer, allowInsecureLoopback = false } = this.#endpoint;
    const { fetch } = this.#settings;
    const { issuer, keysUrl } = readMetadata(await fetchJson(metadataUrl, fetch, signal));
    if (!acceptsIssuer(issuer)) throw new Error("The metadata names an issuer that is not the expected one.");
    if (!isTrustworthy(keysUrl, allowInsecureLoopback)) throw new Error("The metadata names a jwks_uri without https.");
    return new KeySet(issuer, await fetchJson(keysUrl, fetch, signal));
  }

  #unavailable(retryAfterInMs: number): AcsAuthError {
    return new AcsAuthError("key_server_unavailable", "The provider's signing keys could not be fetched.", {
      cause: this.#failure,
      retryAfterInMs: Math.max(0, Math.ceil(retryAfterInMs)),
    });
  }
}

/** All callers wait for the one fetch: it must end even where a `fetch` of the application's own ignores its signal. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The members of an OpenID Connect Discovery document that are needed here. */
function readMetadata(document: unknown): { readonly issuer: string; readonly keysUrl: URL } {
  const { issuer, jwks_uri: keysUrl } = Object(document) as Record<string, unknown>;
  if (typeof issuer !== "string" || typeof keysUrl !== "string" || !URL.canParse(keysUrl)) {
    throw new Error("The metadata lacks issuer or jwks_uri.");
  }
  return { issuer, keysUrl: new URL(keysUrl) };
}
