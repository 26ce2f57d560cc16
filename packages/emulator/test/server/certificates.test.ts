import "reflect-metadata";

import { X509Certificate as NodeCertificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import * as x509 from "@peculiar/x509";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createCertificateAuthority, type TlsCertificate } from "../../src/index.js";

let directory: string;
const day = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "acs-auth-certificates-"));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(directory, { recursive: true });
});

/** Connects as a client that trusts only `ca`; rejects if the server's certificate is not accepted. */
async function connectTo(certificate: TlsCertificate, servername: string, ca: string): Promise<void> {
  const server = createServer(certificate).listen(0, "127.0.0.1");
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("listening", () => {
        const { port } = server.address() as AddressInfo;
        const socket = connect({ host: "127.0.0.1", port, servername, ca });
        socket.once("secureConnect", () => socket.end(resolve));
        socket.once("error", reject);
      });
    });
  } finally {
    server.close();
  }
}

it("issues certificates that a client trusts which trusts the authority", async () => {
  const { caFile, issueCertificate } = await createCertificateAuthority(directory);
  const ca = await readFile(caFile, "utf8");
  const certificate = await issueCertificate();
  await connectTo(certificate, "localhost", ca);
  expect(new NodeCertificate(certificate.cert).subjectAltName).toBe(
    "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
  );
  await expect(connectTo(certificate, "example.com", ca)).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
});

it("is trusted by the test processes, by each of its addresses", async () => {
  const trusted = await createCertificateAuthority(process.env["ACS_AUTH_EMULATOR_CERTIFICATES"] ?? "");
  const server = createServer(await trusted.issueCertificate(), (_, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const host of ["localhost", "127.0.0.1"]) {
    expect(await (await fetch(`https://${host}:${port}`)).text()).toBe("hello");
  }
  server.closeAllConnections();
  server.close();
});

it("can vouch for no other host, whoever has its key", async () => {
  const { caFile } = await createCertificateAuthority(directory);
  const ca = await readFile(caFile, "utf8");
  await connectTo(await forge(await readFile(join(directory, "ca-key.pem"), "utf8"), "localhost"), "localhost", ca);
  const forged = await forge(await readFile(join(directory, "ca-key.pem"), "utf8"), "login.microsoftonline.com");
  await expect(connectTo(forged, "login.microsoftonline.com", ca)).rejects.toThrow("permitted subtree violation");
});

it("keeps its key to the owner", async () => {
  await createCertificateAuthority(directory);
  expect((await stat(join(directory, "ca-key.pem"))).mode & 0o777).toBe(0o600);
});

it("is made once, also by processes that start together", async () => {
  const authorities = await Promise.all(Array.from({ length: 10 }, () => createCertificateAuthority(directory)));
  const ca = await readFile(join(directory, "ca.pem"), "utf8");
  for (const { issueCertificate } of authorities) await connectTo(await issueCertificate(), "localhost", ca);
  await createCertificateAuthority(directory);
  expect(await readFile(join(directory, "ca.pem"), "utf8")).toBe(ca);
});

it("is made anew before it expires", async () => {
  await createCertificateAuthority(directory);
  const ca = await readFile(join(directory, "ca.pem"), "utf8");
  const { validTo } = new NodeCertificate(ca);
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.parse(validTo) - 91 * day);
  await createCertificateAuthority(directory);
  expect(await readFile(join(directory, "ca.pem"), "utf8")).toBe(ca);
  vi.setSystemTime(Date.parse(validTo) - 89 * day);
  await createCertificateAuthority(directory);
  expect(await readFile(join(directory, "ca.pem"), "utf8")).not.toBe(ca);
});

it("is made anew when its file is damaged", async () => {
  await writeFile(join(directory, "ca-key.pem"), "damaged");
  const { caFile, issueCertificate } = await createCertificateAuthority(directory);
  await connectTo(await issueCertificate(), "localhost", await readFile(caFile, "utf8"));
});

async function forge(authorityFile: string, name: string): Promise<TlsCertificate> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const [key, certificate] = x509.PemConverter.decode(authorityFile);
  if (!key || !certificate) throw new Error("The authority's file holds no key and certificate.");
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const forged = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: new x509.X509Certificate(certificate).subject,
    signingAlgorithm: algorithm,
    signingKey: await crypto.subtle.importKey("pkcs8", key, algorithm, false, ["sign"]),
    publicKey: keys.publicKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  const exported = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { key: x509.PemConverter.encode(exported, "PRIVATE KEY"), cert: forged.toString("pem") };
}
