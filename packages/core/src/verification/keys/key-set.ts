import { type PublishedJwk, SigningKey } from "./signing-key.js";

const KEY_TYPES: Readonly<Record<string, string>> = { RS: "RSA", PS: "RSA", ES: "EC", Ed: "OKP" };

/** The public signing keys that an issuer has published at one moment. */
export class KeySet {
  /** The issuer as its metadata names it, possibly with `{tenantid}` in it. */
  readonly issuer: string;
  readonly #keys = new Map<string, SigningKey>();

  /** @throws Error if there is no usable key, so that a broken document never takes the place of a good one. */
  constructor(issuer: string, document: unknown) {
    this.issuer = issuer;
    for (const jwk of keysOf(document)) {
      if (isUsable(jwk)) this.#keys.set(mapKey(jwk.kid, jwk.kty), new SigningKey(jwk));
    }
    if (this.#keys.size === 0) throw new Error("The keys document holds no usable signing key.");
  }

  /** The key of this id that may be used with the algorithm. */
  find(keyId: string, algorithm: string): SigningKey | undefined {
    const key = this.#keys.get(mapKey(keyId, KEY_TYPES[algorithm.slice(0, 2)] ?? ""));
    return key?.allows(algorithm) ? key : undefined;
  }
}

function keysOf(document: unknown): readonly unknown[] {
  const keys: unknown = typeof document === "object" && document !== null && "keys" in document && document.keys;
  if (!Array.isArray(keys)) throw new Error("The keys document has no array of keys.");
  return keys;
}

/** What else is wrong with a key, such as being private, shows when it is imported. */
function isUsable(jwk: unknown): jwk is PublishedJwk {
  if (typeof jwk !== "object" || jwk === null) return false;
  const { kid, kty, use, alg, issuer } = jwk as Record<string, unknown>;
  return (
    typeof kid === "string" &&
    typeof kty === "string" &&
    Object.values(KEY_TYPES).includes(kty) &&
    (use === undefined || use === "sig") &&
    (alg === undefined || typeof alg === "string") &&
    (issuer === undefined || typeof issuer === "string")
  );
}

function mapKey(keyId: string, keyType: string): string {
  return `${keyType}:${keyId}`;
}
