import { LRUCache } from "lru-cache";
import type { AcsAccessToken } from "../identity-client/acs-identity-client.js";
import type { AcsAuthServiceOptions } from "./options.js";

/** Which identity a user is mapped to, for a short while. Only ever used where ACS itself checks the identity. */
export class MappingCache {
  readonly #entries: LRUCache<string, string> | undefined;

  constructor({ maxEntries = 10_000, ttlInMs = 60_000 }: AcsAuthServiceOptions["mappingCache"] = {}) {
    if (maxEntries > 0) this.#entries = new LRUCache({ max: maxEntries, ttl: ttlInMs });
  }

  get(userId: string): string | undefined {
    return this.#entries?.get(userId);
  }

  set(userId: string, communicationUserId: string): void {
    this.#entries?.set(userId, communicationUserId);
  }

  delete(userId: string): void {
    this.#entries?.delete(userId);
  }
}

/** A token, and the `performance.now()` of its arrival: the clocks of this server and of ACS may differ, or be set. */
interface KeptToken {
  readonly token: AcsAccessToken;
  readonly receivedAt: number;
}

/** The most different tokens kept for one identity. */
const MAX_TOKENS_PER_IDENTITY = 8;

/** Issued tokens, for reuse while they have enough life left. */
export class TokenCache {
  readonly #tokens: LRUCache<string, LRUCache<string, KeptToken>>;
  readonly #minRemainingInMinutes: number | undefined;

  constructor({ maxEntries = 10_000, minRemainingInMinutes }: NonNullable<AcsAuthServiceOptions["tokenReuse"]>) {
    this.#tokens = new LRUCache({ max: maxEntries });
    this.#minRemainingInMinutes = minRemainingInMinutes;
  }

  get(communicationUserId: string, requestId: string, lifetimeInMinutes: number): AcsAccessToken | undefined {
    const kept = this.#tokens.get(communicationUserId)?.get(requestId);
    if (!kept) return undefined;
    const remainingInMs = Math.min(
      kept.token.expiresOn.getTime() - Date.now(),
      lifetimeInMinutes * 60_000 - (performance.now() - kept.receivedAt),
    );
    const minRemainingInMinutes = this.#minRemainingInMinutes ?? lifetimeInMinutes / 2;
    return remainingInMs >= minRemainingInMinutes * 60_000 ? kept.token : undefined;
  }

  set(communicationUserId: string, requestId: string, token: AcsAccessToken): void {
    let tokens = this.#tokens.get(communicationUserId);
    if (!tokens) {
      tokens = new LRUCache({ max: MAX_TOKENS_PER_IDENTITY });
      this.#tokens.set(communicationUserId, tokens);
    }
    tokens.set(requestId, { token, receivedAt: performance.now() });
  }

  delete(communicationUserId: string): void {
    this.#tokens.delete(communicationUserId);
  }
}
