import { randomBytes, randomUUID } from "node:crypto";
import { EncryptJWT, errors, type JWTPayload, jwtDecrypt } from "jose";

/** What opaque values are used for; one kind is never accepted as another. */
export type SealedKind = "code" | "refresh-token" | "session";
export type Unsealed<Content> = Content & { readonly id: string; readonly expiresAt: number };
export type SealFailure = "expired" | "malformed";

/** For AES-256, in bytes. */
export const sealingKeyLength = 32;

/** Opaque values that carry their own content, encrypted: nothing has to be kept until they come back. */
export class SealedTokens {
  readonly #now: () => number;
  #key: Uint8Array = createKey();

  constructor(now: () => number) {
    this.#now = now;
  }

  seal(kind: SealedKind, content: object, lifetimeInSeconds: number): Promise<string> {
    const now = Math.floor(this.#now() / 1000);
    return new EncryptJWT({ content })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .setJti(randomUUID())
      .setAudience(kind)
      .setExpirationTime(now + lifetimeInSeconds)
      .encrypt(this.#key);
  }

  /** Only this object can have sealed the value, so its content is what was sealed. */
  async unseal<Content>(kind: SealedKind, token: string): Promise<Unsealed<Content> | SealFailure> {
    try {
      const { payload } = await jwtDecrypt<JWTPayload & { readonly content: Content }>(token, this.#key, {
        audience: kind,
        currentDate: new Date(this.#now()),
      });
      return { ...payload.content, id: String(payload.jti), expiresAt: Number(payload.exp) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return "expired";
      if (error instanceof errors.JOSEError) return "malformed";
      throw error;
    }
  }

  get key(): Uint8Array {
    return this.#key;
  }

  /** Makes worthless what was sealed with another key. */
  replaceKey(key: Uint8Array): void {
    this.#key = key;
  }

  /** Makes everything sealed so far worthless. */
  reset(): void {
    this.replaceKey(createKey());
  }
}

function createKey(): Uint8Array {
  return randomBytes(sealingKeyLength);
}
