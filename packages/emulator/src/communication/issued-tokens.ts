/** What is kept of an access token; not the token itself. */
export interface IssuedToken {
  readonly id: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch, as all times here. */
  readonly issuedOn: number;
  readonly expiresOn: number;
  /** From when on it is no longer accepted. */
  readonly revokedFrom?: number;
}

/** What has become of an issued token. */
export type TokenStatus = "active" | "expired" | "revoked";

export function tokenStatus(token: IssuedToken, now: number): TokenStatus {
  if (token.revokedFrom !== undefined && token.revokedFrom <= now) return "revoked";
  return token.expiresOn <= now ? "expired" : "active";
}

/** The tokens issued to each raw id. Expired ones are forgotten when a new one is issued. */
export class IssuedTokens {
  readonly #tokens = new Map<string, readonly IssuedToken[]>();

  add(rawId: string, token: IssuedToken): void {
    const alive = this.of(rawId).filter(({ expiresOn }) => expiresOn > token.issuedOn);
    this.#tokens.set(rawId, [...alive, token]);
  }

  of(rawId: string): readonly IssuedToken[] {
    return this.#tokens.get(rawId) ?? [];
  }

  find(rawId: string, tokenId: string): IssuedToken | undefined {
    return this.of(rawId).find(({ id }) => id === tokenId);
  }

  /** Revokes all tokens of `rawId`; those revoked before keep their time. */
  revoke(rawId: string, revokedFrom: number): void {
    this.#tokens.set(
      rawId,
      this.of(rawId).map((token) => ({ ...token, revokedFrom: token.revokedFrom ?? revokedFrom })),
    );
  }

  rawIds(): readonly string[] {
    return [...this.#tokens.keys()];
  }

  /** Puts these in the place of all. */
  restore(tokens: readonly (readonly [rawId: string, tokens: readonly IssuedToken[]])[]): void {
    this.reset();
    for (const [rawId, issued] of tokens) this.#tokens.set(rawId, issued);
  }

  reset(): void {
    this.#tokens.clear();
  }
}
