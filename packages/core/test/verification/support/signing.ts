import { base64url, type CryptoKey, exportJWK, type JWK } from "jose";

export interface TestKey {
  readonly kid: string;
  readonly publicJwk: JWK & { issuer?: string };
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]) };

/** A new RS256 key; `members` are added to, or replace, those of its JWK. */
export async function createKey(
  kid: string,
  members: Record<string, unknown> = {},
  modulusLength = 2048,
): Promise<TestKey> {
  const keys = await crypto.subtle.generateKey({ ...RSA, modulusLength }, true, ["sign", "verify"]);
  const jwk = await exportJWK(keys.publicKey);
  return { ...keys, kid, publicJwk: { kty: "RSA", use: "sig", kid, n: jwk.n ?? "", e: jwk.e ?? "", ...members } };
}

export type Json = Readonly<Record<string, unknown>> | string;

/** A token of any header and claims; either can be given as JSON text, well-formed or not. */
export async function signToken(header: Json, claims: Json, key: TestKey): Promise<string> {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(RSA.name, key.privateKey, new TextEncoder().encode(input));
  return `${input}.${base64url.encode(new Uint8Array(signature))}`;
}

export function encode(json: Json): string {
  return base64url.encode(typeof json === "string" ? json : JSON.stringify(json));
}
