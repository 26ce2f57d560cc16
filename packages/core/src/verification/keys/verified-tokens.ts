import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";

/** The most tokens remembered, about 1.5 MB of fingerprints. */
const MAX_TOKENS = 10_000;

/**
 * Tokens whose signature one key has verified, so that a client that repeats itself costs no second verification. Only
 * the signature is remembered: lifetime, audience and all else that may change is checked each time.
 */
export class VerifiedTokens {
  #fingerprints: LRUCache<string, true> | undefined;

  /** Equal for byte-identical tokens only; tells nothing of the token (SHA-256). */
  static fingerprint(token: string): string {
    return createHash("sha256").update(token).digest("base64");
  }

  has(fingerprint: string): boolean {
    return this.#fingerprints?.get(fingerprint) ?? false;
  }

  add(fingerprint: string): void {
    this.#fingerprints ??= new LRUCache({ max: MAX_TOKENS });
    this.#fingerprints.set(fingerprint, true);
  }
}
