import { deflateRawSync } from "node:zlib";
import { base64url, CompactEncrypt, CompactSign, exportJWK, importJWK } from "jose";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { EntraTokenVerifier } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";
import { encode } from "../verification/support/signing.js";
import { API, HOME, OTHER, TestAuthority } from "../verification/support/test-authority.js";

let authority: TestAuthority;
let verifier: EntraTokenVerifier;
let genuine: string;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
beforeEach(async () => {
  verifier = new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
  genuine = await authority.mint();
});

type Forged = readonly [name: string, reason: string, forge: () => string | Promise<string>];

/** The genuine token with one of its three parts changed. */
function withPart(part: 0 | 1 | 2, change: (text: string) => string): string {
  const parts = genuine.split(".");
  return parts.with(part, change(parts[part] ?? "")).join(".");
}

/** The genuine header and claims under another signature, of `size` bytes. */
function withSignature(size: number, fill: number): string {
  return withPart(2, () => base64url.encode(new Uint8Array(size).fill(fill)));
}

async function signedAsHmac(alg: string, secret: (jwk: { n: string; pem: string; json: string }) => Uint8Array) {
  const jwk = await exportJWK(authority.current.publicKey);
  const der = Buffer.from(await crypto.subtle.exportKey("spki", authority.current.publicKey)).toString("base64");
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.replace(/.{64}/g, "$&\n")}\n-----END PUBLIC KEY-----\n`;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(authority.claims())))
    .setProtectedHeader({ alg, kid: "key-1", typ: "JWT" })
    .sign(secret({ n: jwk.n ?? "", pem, json: JSON.stringify(authority.current.publicJwk) }));
}

/** The last character of base64url text carries bits that no byte takes up: this sets one of them. */
function respelled(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? "") ^ 1];
}

function utf16(value: unknown): string {
  return base64url.encode(new Uint8Array(Buffer.from(JSON.stringify(value), "utf16le")));
}

const text = (value: string) => new TextEncoder().encode(value);

const ALGORITHMS: readonly Forged[] = [
  ["HS256 with the PEM", "algorithm_not_allowed", () => signedAsHmac("HS256", ({ pem }) => text(pem))],
  ["HS384 with the JWK", "algorithm_not_allowed", () => signedAsHmac("HS384", ({ json }) => text(json))],
  ["HS512 with the modulus", "algorithm_not_allowed", () => signedAsHmac("HS512", ({ n }) => base64url.decode(n))],
  [
    "PS256 with the right key",
    "algorithm_not_allowed",
    async () => {
      const jwk = await exportJWK(authority.current.privateKey);
      return new CompactSign(text(JSON.stringify(authority.claims())))
        .setProtectedHeader({ alg: "PS256", kid: "key-1" })
        .sign(await importJWK(jwk, "PS256"));
    },
  ],
  ["alg list", "algorithm_not_allowed", () => authority.mint({ header: { alg: ["RS256"] } })],
  ["alg with a space", "algorithm_not_allowed", () => authority.mint({ header: { alg: "RS256 " } })],
  ["alg with a NUL", "algorithm_not_allowed", () => authority.mint({ header: { alg: "RS256\u0000" } })],
  [
    "header in the prototype",
    "algorithm_not_allowed",
    () => authority.mint({ header: '{"__proto__":{"alg":"RS256","kid":"key-1"}}' }),
  ],
  ["a signature of zeros", "invalid_signature", () => withSignature(256, 0)],
  ["a signature of one zero", "invalid_signature", () => withSignature(1, 0)],
  ["a signature of ones", "invalid_signature", () => withSignature(256, 255)],
  ["a signature too long", "invalid_signature", () => withSignature(512, 1)],
  ["its own modulus as signature", "invalid_signature", () => withPart(2, () => authority.current.publicJwk.n ?? "")],
];

const COMPOSITION: readonly Forged[] = [
  ["detached claims", "malformed", () => withPart(1, () => "")],
  ["JSON serialization", "malformed", () => JSON.stringify({ payload: genuine.split(".")[1], signatures: [] })],
  ["a token of tokens", "malformed", () => `${genuine}.${genuine}`],
  [
    "encrypted for the signing key",
    "malformed",
    async () => {
      const key = await importJWK(await exportJWK(authority.current.publicKey), "RSA-OAEP-256");
      return new CompactEncrypt(text(JSON.stringify(authority.claims())))
        .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: "key-1" })
        .encrypt(key);
    },
  ],
  ["enc without encryption", "unsupported_header", () => authority.mint({ header: { enc: "A256GCM" } })],
  [
    "compressed claims",
    "unsupported_header",
    async () => {
      const input = `${encode({ alg: "RS256", kid: "key-1", zip: "DEF" })}.${base64url.encode(
        deflateRawSync("x".repeat(1024 * 1024)),
      )}`;
      return `${input}.${genuine.split(".")[2]}`;
    },
  ],
  ["empty crit", "unsupported_header", () => authority.mint({ header: { crit: [] } })],
  ["b64 true", "unsupported_header", () => authority.mint({ header: { b64: true } })],
  ["a key of its own", "unsupported_header", () => authority.mint({ header: { jwk: null } })],
];

const ENCODING: readonly Forged[] = [
  ["a header spelled otherwise", "malformed", () => withPart(0, respelled)],
  ["a signature spelled otherwise", "malformed", () => withPart(2, respelled)],
  ["base64 in place of base64url", "malformed", () => withPart(2, (part) => `+/${part.slice(2)}`)],
  ["padding in the header", "malformed", () => withPart(0, (part) => `${part}=`)],
  ["a space in the claims", "malformed", () => withPart(1, (part) => `${part} `)],
  ["a line break at the end", "malformed", () => `${genuine}\n`],
  ["a NUL at the end", "malformed", () => `${genuine}\u0000`],
  ["percent-encoding", "malformed", () => genuine.replaceAll(".", "%2E")],
  ["dots of another alphabet", "malformed", () => genuine.replaceAll(".", "。")],
  ["letters of another alphabet", "malformed", () => withPart(2, (part) => `ａ${part.slice(1)}`)],
  ["a header in UTF-16", "malformed", () => withPart(0, () => utf16({ alg: "RS256", kid: "key-1" }))],
  ["a header with a byte-order mark", "malformed", () => authority.mint({ header: '\ufeff{"alg":"RS256"}' })],
  ["claims that are no UTF-8", "malformed", () => withPart(1, () => base64url.encode(new Uint8Array([123, 255, 125])))],
  ["an overlong slash", "malformed", () => withPart(1, () => base64url.encode(new Uint8Array([34, 0xc0, 0xaf, 34])))],
];

const JSON_TEXT: readonly Forged[] = [
  ["data after the claims", "malformed", () => authority.mint({ claims: `${JSON.stringify(authority.claims())}{}` })],
  ["a comment", "malformed", () => authority.mint({ claims: "{/**/}" })],
  ["a NUL in the header", "malformed", () => authority.mint({ header: '{"alg":"RS256"}\u0000' })],
  ["kid twice", "duplicate_member", () => authority.mint({ header: '{"alg":"RS256","kid":"key-1","kid":"key-2"}' })],
  ["jku twice", "duplicate_member", () => authority.mint({ header: '{"alg":"RS256","jku":"a","jku":"b"}' })],
  [
    "aud twice, once as a list",
    "duplicate_member",
    () => authority.mint({ claims: `{"aud":["${API}"],${JSON.stringify(authority.claims()).slice(1)}` }),
  ],
  [
    "claims in the prototype",
    "missing_claim",
    () => authority.mint({ claims: `{"__proto__":${JSON.stringify(authority.claims())}}` }),
  ],
];

const AUDIENCES: readonly Forged[] = [
  ["no audience", "audience_mismatch", () => authority.mint({ claims: { aud: [] } })],
  ["an audience inside a list", "audience_mismatch", () => authority.mint({ claims: { aud: [[API]] } })],
  ["audiences in one string", "audience_mismatch", () => authority.mint({ claims: { aud: `${OTHER} ${API}` } })],
  ["no audience at all", "audience_mismatch", () => authority.mint({ claims: { aud: null } })],
];

describe.each([
  ["algorithm confusion (RFC 8725 sections 3.1, 3.2)", ALGORITHMS],
  ["wrong composition (RFC 8725 sections 2.3, 3.3, 3.6)", COMPOSITION],
  ["encodings with more than one reading (RFC 8725 sections 2.6, 3.7)", ENCODING],
  ["JSON with more than one reading (RFC 8725 section 2.6)", JSON_TEXT],
  ["another audience (RFC 8725 sections 2.7, 3.9)", AUDIENCES],
])("%s", (_class, forgeries) => {
  it.each(forgeries)("%s is refused", async (_name, reason, forge) => {
    await expectRefusal(verifier.verify(await forge()), "invalid_token", reason);
  });
});

it("the genuine token is accepted, also with further audiences and the certificate hash of version 1.0", async () => {
  await verifier.verify(genuine);
  const { publicJwk } = authority.current;
  await verifier.verify(await authority.mint({ header: { x5t: publicJwk.kid }, claims: { aud: [OTHER, API, API] } }));
});
