import "reflect-metadata";

import { createSign, randomUUID } from "node:crypto";
import * as x509 from "@peculiar/x509";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** A self-signed certificate, and its private key, that an application authenticates with. */
export async function newClientCertificate(): Promise<{ certificate: string; privateKey: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const name = "CN=Fixture API";
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({ name, signingAlgorithm: ALGORITHM, keys });
  const privateKey = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { certificate: certificate.toString("pem"), privateKey: x509.PemConverter.encode(privateKey, "PRIVATE KEY") };
}

/** A client assertion, as a federated identity provider would issue it. */
export function clientAssertion(clientId: string, tokenEndpoint: string, privateKey: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 300;
  const claims = { iss: clientId, sub: clientId, aud: tokenEndpoint, exp, jti: randomUUID() };
  const content = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createSign("sha256").update(content).sign(privateKey, "base64url")}`;
}
