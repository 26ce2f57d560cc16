import "reflect-metadata"; // what the certificate library needs to be loaded after

import type { webcrypto } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as x509 from "@peculiar/x509";
import { localNamesOnly } from "./name-constraints.js";

/** A TLS key and its certificate, PEM. */
export interface TlsCertificate {
  /** The private key, PKCS #8. */
  readonly key: string;
  /** Valid for 90 days; without the certificate of the authority. */
  readonly cert: string;
}

/** A local certificate authority, kept in a directory. */
export interface CertificateAuthority {
  /** Absolute path of its certificate (PEM), for `NODE_EXTRA_CA_CERTS` or the trust store of a browser. */
  readonly caFile: string;
  /** A new key and certificate for `localhost`, `127.0.0.1` and `::1`. The key stays in memory. */
  issueCertificate(): Promise<TlsCertificate>;
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

const day = 24 * 60 * 60 * 1000;
const authorityLifetime = 5 * 365 * day;
const certificateLifetime = 90 * day;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/**
 * Opens the certificate authority kept in `directory`, or makes one there: `ca.pem`, its certificate, and
 * `ca-key.pem`, its private key, readable by the owner only. It is used again until it is about to expire, so that
 * trusting it once is enough, and may be opened by several processes at the same time.
 *
 * The authority is constrained (RFC 5280 §4.2.1.10) to this machine's own names: trusting it lets nobody impersonate
 * any other host.
 */
export async function createCertificateAuthority(directory: string): Promise<CertificateAuthority> {
  const folder = resolve(directory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await openAuthority(join(folder, "ca-key.pem"));
  const caFile = join(folder, "ca.pem");
  await replaceFile(caFile, pem(authority.certificate));
  return { caFile, issueCertificate: () => issueCertificate(authority) };
}

/** The file holds the private key and the certificate together, so that the two always belong to each other. */
async function openAuthority(file: string): Promise<Authority> {
  const existing = await readAuthority(file);
  if (existing) return existing;
  await rm(file, { force: true });
  const draft = temporaryName(file);
  await writeFile(draft, await makeAuthority(), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isNodeError(error, "EEXIST")) throw error;
  } finally {
    await rm(draft);
  }
  const made = await readAuthority(file);
  if (!made) throw new Error(`The certificate authority in ${file} cannot be read.`);
  return made;
}

async function readAuthority(file: string): Promise<Authority | undefined> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    if (isNodeError(error, "ENOENT")) return undefined;
    throw error;
  }
  const blocks = x509.PemConverter.decodeWithHeaders(content);
  const key = blocks.find(({ type }) => type === x509.PemConverter.PrivateKeyTag);
  const certificate = blocks.find(({ type }) => type === x509.PemConverter.CertificateTag);
  if (!key || !certificate) return undefined;
  const parsed = new x509.X509Certificate(certificate.rawData);
  if (parsed.notAfter.getTime() < Date.now() + certificateLifetime) return undefined;
  return {
    certificate: parsed,
    privateKey: await crypto.subtle.importKey("pkcs8", key.rawData, algorithm, false, ["sign"]),
  };
}

async function makeAuthority(): Promise<string> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=acs-auth emulator (${new Date().toISOString().slice(0, 10)})`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + authorityLifetime),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      localNamesOnly(),
    ],
  });
  return `${await privateKeyPem(keys.privateKey)}\n${pem(certificate)}`;
}

async function issueCertificate(authority: Authority): Promise<TlsCertificate> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=localhost",
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + certificateLifetime),
    signingAlgorithm: algorithm,
    signingKey: authority.privateKey,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  });
  return { key: await privateKeyPem(keys.privateKey), cert: pem(certificate) };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), x509.PemConverter.PrivateKeyTag);
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}

async function replaceFile(file: string, content: string): Promise<void> {
  const draft = temporaryName(file);
  await writeFile(draft, content);
  await rename(draft, file);
}

function temporaryName(file: string): string {
  return `${file}.${crypto.randomUUID()}`;
}

function isNodeError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
