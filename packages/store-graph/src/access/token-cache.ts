import type { AccessToken } from "@azure/core-auth";
import { LRUCache } from "lru-cache";

/** A token is replaced this long before it expires. */
const RENEWAL_MARGIN_IN_MS = 2 * 60_000;

/**
 * Keeps a bounded number of tokens while they live, and lets calls for one key share one request. A failure is never
 * kept and concerns its own key only.
 */
export class TokenCache {
  readonly #tokens: LRUCache<string, AccessToken>;
  readonly #inFlight = new Map<string, Promise<string>>();

  constructor(maxTokens: number) {
    this.#tokens = new LRUCache({ max: maxTokens });
  }

  /** The kept token of a key, or the one that `request` gets. */
  async get(key: string, request: () => Promise<AccessToken>): Promise<string> {
    return this.#tokens.get(key)?.token ?? (await this.#share(key, key, request));
  }

  /** A new token in place of one that was refused; `variant` tells requests for different things apart. */
  async renew(key: string, refused: string, variant: string, request: () => Promise<AccessToken>): Promise<string> {
    const kept = this.#tokens.get(key);
    if (kept && kept.token !== refused && variant === "") return kept.token;
    return this.#share(key, `${key} ${variant}`, request);
  }

  #share(key: string, requestKey: string, request: () => Promise<AccessToken>): Promise<string> {
    const shared = this.#inFlight.get(requestKey);
    if (shared) return shared;
    const requested = this.#request(key, request).finally(() => this.#inFlight.delete(requestKey));
    this.#inFlight.set(requestKey, requested);
    return requested;
  }

  async #request(key: string, request: () => Promise<AccessToken>): Promise<string> {
    const token = await request();
    const ttl = token.expiresOnTimestamp - Date.now() - RENEWAL_MARGIN_IN_MS;
    if (ttl > 0) this.#tokens.set(key, token, { ttl });
    return token.token;
  }
}
