import type { JWK } from "jose";
import { VerifiedTokens } from "./verified-tokens.js";

export type PublishedJwk = JWK & { readonly kid: string; readonly kty: string; readonly issuer?: string };

type CheckSignature = (token: string) => Promise<boolean>;

/** One published key. What it has verified is forgotten with it, as soon as its issuer publishes it no longer. */
export class SigningKey {
  /** Microsoft's `issuer` member of a key: whose tokens it may sign, possibly with `{tenantid}` in it. */
  readonly issuer: string | undefined;
  readonly #jwk: PublishedJwk;
  readonly #imported = new Map<string, Promise<CheckSignature>>();
  readonly #verified = new VerifiedTokens();

  constructor(jwk: PublishedJwk) {
    this.#jwk = jwk;
    this.issuer = jwk.issuer;
  }

  allows(algorithm: string): boolean {
    return this.#jwk.alg === undefined || this.#jwk.alg === algorithm;
  }

  /**
   * Whether a token bears a signature by this key.
   *
   * @param algorithm - The one that the token's header names.
   * @throws Error if the key cannot be used with the algorithm.
   */
  async hasSigned(token: string, algorithm: string): Promise<boolean> {
    const fingerprint = VerifiedTokens.fingerprint(token);
    if (this.#verified.has(fingerprint)) return true;
    let check = this.#imported.get(algorithm);
    if (!check) {
      check = importKey(this.#jwk, algorithm);
      this.#imported.set(algorithm, check);
    }
    const hasSigned = await (await check)(token);
    if (hasSigned) this.#verified.add(fingerprint);
    return hasSigned;
  }
}

/** jose is loaded with the first key: an application that verifies no tokens has no use for it. */
async function importKey(jwk: JWK, algorithm: string): Promise<CheckSignature> {
  const [{ importJWK }, { compactVerify }] = await Promise.all([
    import("jose/key/import"),
    import("jose/jws/compact/verify"),
  ]);
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new TypeError("A symmetric key cannot be a published key.");
  return (token) =>
    compactVerify(token, key, { algorithms: [algorithm] }).then(
      () => true,
      () => false,
    );
}
