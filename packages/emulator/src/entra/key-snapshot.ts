import { createPrivateKey, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { exportPKCS8, importPKCS8 } from "jose";
import type { Place } from "../snapshot/place.js";
import { type SigningKey, type SigningKeys, signingKey } from "./keys.js";

/** A signing key with its private half. */
export interface SigningKeySnapshot {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  /** True for the one key that tokens are signed with. */
  readonly signing: boolean;
}

export function exportKeys({ published, current }: SigningKeys): Promise<readonly SigningKeySnapshot[]> {
  return Promise.all(
    published.map(async (key) => ({
      privateKey: await exportPKCS8(key.privateKey),
      certificate: `${key.certificate.toString("pem")}\n`,
      signing: key === current,
    })),
  );
}

/** Reads keys, newest last. @returns what puts them in the place of those in use. */
export async function readKeys(place: Place, keys: SigningKeys): Promise<() => void> {
  const read = await Promise.all(place.items().map(readKey));
  const [current, ...others] = read.filter(({ signing }) => signing);
  if (current === undefined || others.length > 0) throw place.error('must have exactly one key that is "signing".');
  return () =>
    keys.replace(
      read.map(({ key }) => key),
      current.key,
    );
}

async function readKey(place: Place): Promise<{ readonly key: SigningKey; readonly signing: boolean }> {
  const member = place.members("privateKey", "certificate", "signing");
  const privateKey = member("privateKey").text();
  const certificate = member("certificate").text();
  const signing = member("signing").flag();
  if (!belongTogether(privateKey, certificate)) {
    throw place.error("must have a private key (PKCS #8, PEM) and its certificate (PEM).");
  }
  const key = await importPKCS8(privateKey, "RS256", { extractable: true });
  return { key: await signingKey(key, new x509.X509Certificate(certificate)), signing };
}

function belongTogether(privateKey: string, certificate: string): boolean {
  try {
    const key = createPrivateKey(privateKey);
    return key.asymmetricKeyType === "rsa" && new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    return false;
  }
}
