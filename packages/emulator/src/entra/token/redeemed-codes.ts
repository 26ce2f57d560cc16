/** The ids of authorization codes that were used, kept until the codes expire. */
export class RedeemedCodes {
  readonly #expiry = new Map<string, number>();

  /**
   * Notes that a code is used.
   *
   * @param expiresAt seconds since the epoch
   * @returns whether this is the first time
   */
  redeem(id: string, expiresAt: number, now: number): boolean {
    for (const [other, expiry] of this.#expiry) {
      if (expiry >= now) break;
      this.#expiry.delete(other);
    }
    if (this.#expiry.has(id)) return false;
    this.#expiry.set(id, expiresAt);
    return true;
  }

  /** Ids and when they expire, in seconds since the epoch. */
  entries(): readonly (readonly [id: string, expiresAt: number])[] {
    return [...this.#expiry];
  }

  restore(entries: readonly (readonly [id: string, expiresAt: number])[]): void {
    this.reset();
    for (const [id, expiresAt] of entries) this.#expiry.set(id, expiresAt);
  }

  reset(): void {
    this.#expiry.clear();
  }
}
