import "reflect-metadata";

import * as x509 from "@peculiar/x509";

/** A self-signed certificate an application authenticates with. */
export async function makeClientCertificate() {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Fixture API",
    signingAlgorithm: algorithm,
    keys,
  });
  return {
    certificate: certificate.toString("pem"),
    privateKey: x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY"),
    thumbprintSha256: Buffer.from(await certificate.getThumbprint("SHA-256")).toString("hex"),
  };
}
