import type { webcrypto } from "node:crypto";
import type { EntraUser } from "../user.js";
import type { MappingKey } from "./mapping-keys.js";

/** What a signature binds together. */
export interface SignedFacts {
  readonly user: EntraUser;
  readonly communicationUserId: string;
  readonly createdOn: Date;
}

export interface Signature {
  readonly keyId: string;
  /** Base64url. */
  readonly mac: string;
}

/** Part of everything signed, so that a key's signatures mean nothing elsewhere. */
const PURPOSE = "acs-auth/identity-mapping/v1";
const ALGORITHM = { name: "HMAC", hash: "SHA-256" } as const;

/** HMAC-SHA-256 over a mapping and its user, with one key to sign and any number to verify. */
export class MappingSignatures {
  readonly #signingKeyId: string;
  readonly #keys: ReadonlyMap<string, Promise<webcrypto.CryptoKey>>;

  /** @param keys - checked, at least one; the first one signs. */
  constructor(keys: readonly MappingKey[]) {
    this.#signingKeyId = keys[0]?.id ?? "";
    this.#keys = new Map(keys.map(({ id, key }) => [id, importKey(key)]));
  }

  async sign(facts: SignedFacts): Promise<Signature> {
    const keyId = this.#signingKeyId;
    const key = await this.#keys.get(keyId);
    if (!key) throw new TypeError("There is no mapping key to sign with.");
    const mac = await crypto.subtle.sign(ALGORITHM.name, key, encode(keyId, facts));
    return { keyId, mac: Buffer.from(mac).toString("base64url") };
  }

  async verify(facts: SignedFacts, { keyId, mac }: Signature): Promise<"valid" | "invalid" | "unknown_key"> {
    const key = await this.#keys.get(keyId);
    if (!key) return "unknown_key";
    const isValid = await crypto.subtle.verify(
      ALGORITHM.name,
      key,
      Buffer.from(mac, "base64url"),
      encode(keyId, facts),
    );
    return isValid ? "valid" : "invalid";
  }
}

function importKey(key: Uint8Array): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey("raw", Uint8Array.from(key), ALGORITHM, false, ["sign", "verify"]);
}

/** JSON strings in an array: different facts never make the same bytes. */
function encode(keyId: string, { user, communicationUserId, createdOn }: SignedFacts): Uint8Array<ArrayBuffer> {
  const members = [PURPOSE, keyId, user.tenantId, user.objectId, communicationUserId, createdOn.toISOString()];
  return new TextEncoder().encode(JSON.stringify(members));
}
