import type { AbortSignalLike } from "@azure/abort-controller";
import type { KeySource } from "../keys/key-source.js";
import { invalidToken } from "../rejection.js";
import type { DecodedToken } from "./decode-token.js";

export interface SignatureOptions {
  /** Throws unless the token may come from the issuer that the provider's metadata names. */
  readonly checkIssuer?: (issuer: string) => void;
  /** Throws unless a key with this `issuer` member may sign the token. */
  readonly checkKeyIssuer?: (issuer: string) => void;
  readonly abortSignal?: AbortSignalLike | undefined;
}

/**
 * Verifies the signature with the published key that the header names. Everything that the claims can tell without a
 * key is to be checked before: an unknown key id may cause a fetch.
 *
 * @throws AcsAuthError `invalid_token`, `key_server_unavailable`, `aborted`.
 */
export async function verifySignature(
  { text, keyId, algorithm }: DecodedToken,
  source: KeySource,
  { checkIssuer, checkKeyIssuer, abortSignal }: SignatureOptions,
): Promise<void> {
  const arrivedAt = performance.now();
  let keys = await source.current(abortSignal);
  checkIssuer?.(keys.issuer);
  let key = keys.find(keyId, algorithm);
  if (!key) {
    keys = await source.requestedAfter(arrivedAt, abortSignal);
    checkIssuer?.(keys.issuer);
    key = keys.find(keyId, algorithm);
  }
  if (!key) throw invalidToken("unknown_key");
  if (key.issuer !== undefined) checkKeyIssuer?.(key.issuer);

  let hasSigned: boolean;
  try {
    hasSigned = await key.hasSigned(text, algorithm);
  } catch {
    throw invalidToken("unknown_key");
  }
  if (!hasSigned) throw invalidToken("invalid_signature");
}
