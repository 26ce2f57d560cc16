import "reflect-metadata"; // what the certificate library needs to be loaded after

import * as x509 from "@peculiar/x509";
import { type CryptoKey, exportJWK, type JWK } from "jose";

/** How `rotateKeys` changes the published keys. */
export interface RotateKeysOptions {
  /** Publish a new key but go on signing with the current one. */
  readonly publishOnly?: boolean;
  /** Withdraw the keys that no longer sign. */
  readonly removeOld?: boolean;
}

export interface SigningKey {
  readonly kid: string;
  /** Extractable. */
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** Self-signed; the key id is its thumbprint. */
  readonly certificate: x509.X509Certificate;
}

const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const certificateLifetimeInMs = 5 * 365 * 24 * 60 * 60 * 1000;

/** The RS256 keys of the token service: those it publishes, the one it signs with, and one it never publishes. */
export class SigningKeys {
  /** Newest last. */
  #published: readonly SigningKey[];
  #current: SigningKey;
  #unpublished: Promise<SigningKey> | undefined;

  private constructor(first: SigningKey) {
    this.#published = [first];
    this.#current = first;
  }

  static async create(): Promise<SigningKeys> {
    return new SigningKeys(await generateKey());
  }

  get current(): SigningKey {
    return this.#current;
  }

  get published(): readonly SigningKey[] {
    return this.#published;
  }

  /** A valid key that no keys document contains. */
  unpublished(): Promise<SigningKey> {
    this.#unpublished ??= generateKey();
    return this.#unpublished;
  }

  /** A key that was published ahead of time is signed with before another one is made. */
  async rotate({ publishOnly = false, removeOld = false }: RotateKeysOptions = {}): Promise<void> {
    const newest = this.#published.at(-1);
    const waiting = newest === this.#current ? undefined : newest;
    const next = publishOnly || waiting === undefined ? await generateKey() : waiting;
    if (next !== waiting) this.#published = [...this.#published, next];
    if (!publishOnly) this.#current = next;
    if (removeOld) this.#published = this.#published.slice(this.#published.indexOf(this.#current));
  }

  /** Puts other keys in the place of all of these. */
  replace(published: readonly SigningKey[], current: SigningKey): void {
    this.#published = published;
    this.#current = current;
  }
}

async function generateKey(): Promise<SigningKey> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Entra ID emulator",
    notBefore: new Date(),
    notAfter: new Date(Date.now() + certificateLifetimeInMs),
    signingAlgorithm: algorithm,
    keys,
  });
  return signingKey(keys.privateKey, certificate);
}

/** The key whose public half the certificate holds. */
export async function signingKey(privateKey: CryptoKey, certificate: x509.X509Certificate): Promise<SigningKey> {
  const thumbprint = Buffer.from(await certificate.getThumbprint("SHA-1")).toString("base64url");
  const { n, e } = await exportJWK(await certificate.publicKey.export());
  return {
    kid: thumbprint,
    privateKey,
    certificate,
    publicJwk: {
      kty: "RSA",
      use: "sig",
      kid: thumbprint,
      x5t: thumbprint,
      ...(n && e ? { n, e } : {}),
      x5c: [Buffer.from(certificate.rawData).toString("base64")],
    },
  };
}
