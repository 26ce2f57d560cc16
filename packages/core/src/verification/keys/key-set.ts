import { type CryptoKey, importJWK, type JWK } from "jose";

/** One published key. */
export interface SigningKey {
  /** Microsoft's `issuer` member of a key: whose tokens it may sign, possibly with `{tenantid}` in it. */
  readonly issuer: string | undefined;
  /** The imported key; the import happens once. */
  cryptoKey(algorithm: string): Promise<CryptoKey>;
}

type PublishedJwk = JWK & { readonly kid: string; readonly kty: string; readonly issuer?: string };

const KEY_TYPES: Readonly<Record<string, string>> = { RS: "RSA", PS: "RSA", ES: "EC", Ed: "OKP" };

/** The public signing keys that an issuer has published at one moment. */
export class KeySet {
  /** The issuer as its metadata names it, possibly with `{tenantid}` in it. */
  readonly issuer: string;
  readonly #keys = new Map<string, ImportedOnce>();

  /** @throws Error if there is no usable key, so that a broken document never takes the place of a good one. */
  constructor(issuer: string, document: unknown) {
    this.issuer = issuer;
    for (const jwk of keysOf(document)) {
      if (isUsable(jwk)) this.#keys.set(mapKey(jwk.kid, jwk.kty), new ImportedOnce(jwk));
    }
    if (this.#keys.size === 0) throw new Error("The keys document holds no usable signing key.");
  }

  /** The key of this id that may be used with the algorithm. */
  find(keyId: string, algorithm: string): SigningKey | undefined {
    const key = this.#keys.get(mapKey(keyId, KEY_TYPES[algorithm.slice(0, 2)] ?? ""));
    return key?.allows(algorithm) ? key : undefined;
  }
}

class ImportedOnce implements SigningKey {
  readonly issuer: string | undefined;
  readonly #jwk: PublishedJwk;
  readonly #imported = new Map<string, Promise<CryptoKey>>();

  constructor(jwk: PublishedJwk) {
    this.#jwk = jwk;
    this.issuer = jwk.issuer;
  }

  allows(algorithm: string): boolean {
    return this.#jwk.alg === undefined || this.#jwk.alg === algorithm;
  }

  cryptoKey(algorithm: string): Promise<CryptoKey> {
    let imported = this.#imported.get(algorithm);
    if (!imported) {
      imported = importPublicKey(this.#jwk, algorithm);
      this.#imported.set(algorithm, imported);
    }
    return imported;
  }
}

async function importPublicKey(jwk: JWK, algorithm: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new TypeError("A symmetric key cannot be a published key.");
  return key;
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
