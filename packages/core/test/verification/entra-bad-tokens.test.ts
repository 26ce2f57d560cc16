import { base64url, CompactEncrypt, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EntraTokenVerifier } from "../../src/index.js";
import { refusalOf } from "./support/refusal.js";
import { createKey, encode, type TestKey } from "./support/signing.js";
import { API, HOME, type Minted, OTHER, TestAuthority } from "./support/test-authority.js";

let authority: TestAuthority;
let stranger: TestKey;
beforeAll(async () => {
  authority = await TestAuthority.start();
  stranger = await createKey("key-1");
});
afterAll(() => authority.close());

let verifier: EntraTokenVerifier;
beforeEach(() => {
  authority.server.requests.length = 0;
  verifier = new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
});

const now = Math.floor(Date.now() / 1000);

/** Each token is one that is accepted, but for the one thing named; all are signed with the right key but for those that say so. */
interface BadToken {
  readonly name: string;
  readonly code?: string;
  readonly reason: string | undefined;
  readonly token: Minted | (() => string | Promise<string>);
}

function withMember(member: string): Promise<string> {
  const claims = JSON.stringify(authority.claims());
  return authority.mint({ claims: `${claims.slice(0, -1)},${member}}` });
}

/** Refused by what the token says of itself: no key may be fetched for it. */
const REFUSED_WITHOUT_KEYS: readonly BadToken[] = [
  { name: "nothing", code: "missing_token", reason: undefined, token: () => "" },
  { name: "not a string", code: "missing_token", reason: undefined, token: () => 1 as unknown as string },
  { name: "not a token", reason: "malformed", token: () => "garbage" },
  {
    name: "two parts",
    reason: "malformed",
    token: async () => (await authority.mint()).split(".").slice(0, 2).join("."),
  },
  { name: "four parts", reason: "malformed", token: async () => `${await authority.mint()}.AAAA` },
  {
    name: "an empty signature",
    reason: "malformed",
    token: async () => (await authority.mint()).replace(/[^.]+$/, ""),
  },
  { name: "padding", reason: "malformed", token: async () => `${await authority.mint()}==` },
  { name: "surrounding space", reason: "malformed", token: async () => ` ${await authority.mint()}` },
  { name: "two tokens", reason: "malformed", token: async () => `${await authority.mint()},${await authority.mint()}` },
  { name: "a header that is no JSON", reason: "malformed", token: { header: "garbage" } },
  { name: "a header that is no object", reason: "malformed", token: { header: "[]" } },
  { name: "claims that are no JSON", reason: "malformed", token: { claims: "garbage" } },
  { name: "claims that are no object", reason: "malformed", token: { claims: "null" } },
  { name: "claims nested 3,000 deep", reason: "malformed", token: { claims: "[".repeat(3000) } },
  {
    name: "claims with a byte-order mark",
    reason: "malformed",
    token: () => authority.mint({ claims: `\ufeff${JSON.stringify(authority.claims())}` }),
  },
  {
    name: "another token inside",
    reason: "malformed",
    token: async () => authority.mint({ claims: await authority.mint() }),
  },
  { name: "encrypted", reason: "malformed", token: encrypted },
  { name: "oversized", reason: "too_large", token: { claims: { padding: "x".repeat(16 * 1024) } } },
  { name: "alg none", reason: "algorithm_not_allowed", token: { header: { alg: "none" } } },
  {
    name: "alg none, unsigned",
    reason: "malformed",
    token: () => `${encode({ alg: "none", kid: "key-1" })}.${encode(authority.claims())}.`,
  },
  { name: "alg nOnE", reason: "algorithm_not_allowed", token: { header: { alg: "nOnE" } } },
  { name: "HS256 signed with the public key", reason: "algorithm_not_allowed", token: signedWithPublicKey },
  { name: "alg RS512", reason: "algorithm_not_allowed", token: { header: { alg: "RS512" } } },
  { name: "alg rs256", reason: "algorithm_not_allowed", token: { header: { alg: "rs256" } } },
  { name: "no alg", reason: "algorithm_not_allowed", token: { header: { alg: undefined } } },
  { name: "alg twice", reason: "duplicate_member", token: { header: '{"alg":"none","alg":"RS256","kid":"key-1"}' } },
  { name: "crit", reason: "unsupported_header", token: { header: { crit: ["exp"] } } },
  { name: "b64", reason: "unsupported_header", token: { header: { b64: false } } },
  { name: "jku", reason: "unsupported_header", token: { header: { jku: "https://attacker.example/keys" } } },
  { name: "x5u", reason: "unsupported_header", token: { header: { x5u: "https://attacker.example/certificate" } } },
  { name: "x5c", reason: "unsupported_header", token: { header: { x5c: [] } } },
  {
    name: "jwk",
    reason: "unsupported_header",
    token: () => authority.mint({ key: stranger, header: { jwk: stranger.publicJwk } }),
  },
  { name: "zip", reason: "unsupported_header", token: { header: { zip: "DEF" } } },
  { name: "cty", reason: "unsupported_header", token: { header: { cty: "JWT" } } },
  { name: "typ of a logout token", reason: "unsupported_type", token: { header: { typ: "logout+jwt" } } },
  { name: "no kid", reason: "missing_key_id", token: { header: { kid: undefined } } },
  { name: "kid that is no string", reason: "missing_key_id", token: { header: { kid: 1 } } },
  { name: "huge kid", reason: "missing_key_id", token: { header: { kid: "k".repeat(300) } } },
  { name: "tid twice", reason: "duplicate_member", token: () => withMember(`"tid":"${HOME}"`) },
  { name: "tid twice, once escaped", reason: "duplicate_member", token: () => withMember(`"t\\u0069d":"${OTHER}"`) },
  {
    name: "a member twice deep inside",
    reason: "duplicate_member",
    token: () => withMember('"x":[{"y":{"a":1,"a":1}}]'),
  },
  { name: "tid and TID", reason: "ambiguous_claim", token: { claims: { TID: OTHER } } },
  { name: "oid and Oid", reason: "ambiguous_claim", token: { claims: { Oid: OTHER } } },
  { name: "expired", reason: "expired", token: { claims: { exp: now - 61 } } },
  { name: "not yet valid", reason: "not_yet_valid", token: { claims: { nbf: now + 3600 } } },
  { name: "issued in the future", reason: "not_yet_valid", token: { claims: { iat: now + 3600 } } },
  { name: "no exp", reason: "missing_claim", token: { claims: { exp: undefined } } },
  { name: "no nbf", reason: "missing_claim", token: { claims: { nbf: undefined } } },
  { name: "no iat", reason: "missing_claim", token: { claims: { iat: undefined } } },
  {
    name: "exp 1e400",
    reason: "invalid_claim",
    token: () => authority.mint({ claims: JSON.stringify(authority.claims()).replace(/"exp":\d+/, '"exp":1e400') }),
  },
  { name: "exp beyond all dates", reason: "invalid_claim", token: { claims: { exp: 2 ** 53 } } },
  { name: "exp in milliseconds", reason: "invalid_claim", token: { claims: { exp: (now + 3600) * 1000 } } },
  { name: "exp as a string", reason: "invalid_claim", token: { claims: { exp: String(now + 3600) } } },
  { name: "negative iat", reason: "invalid_claim", token: { claims: { iat: -1 } } },
  { name: "no aud", reason: "missing_claim", token: { claims: { aud: undefined } } },
  {
    name: "aud of another API",
    reason: "audience_mismatch",
    token: { claims: { aud: "https://graph.microsoft.com" } },
  },
  { name: "aud in upper case", reason: "audience_mismatch", token: { claims: { aud: API.toUpperCase() } } },
  {
    name: "aud that begins like ours",
    reason: "audience_mismatch",
    token: { claims: { aud: `api://${API}.example` } },
  },
  { name: "aud object", reason: "audience_mismatch", token: { claims: { aud: { 0: API } } } },
  { name: "no ver", reason: "missing_claim", token: { claims: { ver: undefined } } },
  { name: "ver 3.0", reason: "unsupported_version", token: { claims: { ver: "3.0" } } },
  {
    name: "v2.0 token with a v1.0 issuer",
    reason: "issuer_mismatch",
    token: () => authority.mint({ claims: { iss: authority.issuer("1.0", HOME) } }),
  },
  {
    name: "v1.0 token with a v2.0 issuer",
    reason: "issuer_mismatch",
    token: () => authority.mint({ version: "1.0", claims: { iss: authority.issuer("2.0", HOME) } }),
  },
  { name: "no iss", reason: "missing_claim", token: { claims: { iss: undefined } } },
  {
    name: "iss list",
    reason: "invalid_claim",
    token: () => authority.mint({ claims: { iss: [authority.issuer("2.0", HOME)] } }),
  },
  {
    name: "iss of another tenant",
    reason: "issuer_mismatch",
    token: () => authority.mint({ claims: { iss: authority.issuer("2.0", OTHER) } }),
  },
  {
    name: "iss template",
    reason: "issuer_mismatch",
    token: () => authority.mint({ claims: { iss: authority.issuer("2.0", "{tenantid}") } }),
  },
  { name: "no tid", reason: "missing_claim", token: { claims: { tid: undefined } } },
  {
    name: "tid that is no GUID",
    reason: "invalid_claim",
    token: () => authority.mint({ claims: { tid: "common", iss: authority.issuer("2.0", "common") } }),
  },
  { name: "another tenant", reason: "tenant_not_allowed", token: { tenantId: OTHER } },
];

/** Refused once the keys are at hand. */
const REFUSED_WITH_KEYS: readonly BadToken[] = [
  {
    name: "iss of another host",
    reason: "issuer_mismatch",
    token: { claims: { iss: `https://login.attacker.example/${HOME}/v2.0` } },
  },
  { name: "unknown kid", reason: "unknown_key", token: { header: { kid: "key-of-nobody" } } },
  { name: "kid with a path", reason: "unknown_key", token: { header: { kid: "../../dev/null" } } },
  { name: "kid __proto__", reason: "unknown_key", token: { header: { kid: "__proto__" } } },
  { name: "another key of the same kid", reason: "invalid_signature", token: () => authority.mint({ key: stranger }) },
  {
    name: "tampered claims",
    reason: "invalid_signature",
    token: () => tampered(1, encode({ ...authority.claims(), oid: OTHER })),
  },
  {
    name: "tampered header",
    reason: "invalid_signature",
    token: () => tampered(0, encode({ alg: "RS256", kid: "key-1" })),
  },
  { name: "tampered signature", reason: "invalid_signature", token: () => tampered(2, "A".repeat(342)) },
  { name: "short signature", reason: "invalid_signature", token: () => tampered(2, "AAAA") },
  { name: "no scope", code: "insufficient_scope", reason: "missing_scope", token: { claims: { scp: undefined } } },
  { name: "another scope", code: "insufficient_scope", reason: "missing_scope", token: { claims: { scp: "other" } } },
  { name: "scp list", reason: "invalid_claim", token: { claims: { scp: ["access_as_user"] } } },
  { name: "scp number", reason: "invalid_claim", token: { claims: { scp: 1 } } },
  {
    name: "app-only",
    code: "insufficient_scope",
    reason: "app_only",
    token: { claims: { scp: undefined, roles: ["access_as_user"] } },
  },
  { name: "idtyp app", code: "insufficient_scope", reason: "app_only", token: { claims: { idtyp: "app" } } },
  { name: "no oid", reason: "missing_claim", token: { claims: { oid: undefined } } },
  { name: "oid that is no GUID", reason: "invalid_claim", token: { claims: { oid: "user@example" } } },
];

describe("refused without any key", () => {
  it.each(REFUSED_WITHOUT_KEYS)("$name", async (bad) => {
    await check(bad);
    expect(authority.server.requests).toEqual([]);
  });
});

describe("refused with the keys", () => {
  it.each(REFUSED_WITH_KEYS)("$name", async (bad) => {
    await check(bad);
    expect(authority.server.keyFetches).toBe(1);
  });
});

async function check({ code = "invalid_token", reason, token }: BadToken): Promise<void> {
  const text = typeof token === "function" ? await token() : await authority.mint(token);
  const refusal = await refusalOf(verifier.verify(text));
  expect({ code: refusal.code, reason: refusal.reason }).toEqual({ code, reason });
}

async function tampered(part: 0 | 1 | 2, value: string): Promise<string> {
  return (await authority.mint()).split(".").with(part, value).join(".");
}

async function signedWithPublicKey(): Promise<string> {
  const der = new Uint8Array(await crypto.subtle.exportKey("spki", authority.current.publicKey));
  const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(der).toString("base64")}\n-----END PUBLIC KEY-----`;
  return new SignJWT(authority.claims())
    .setProtectedHeader({ alg: "HS256", kid: "key-1" })
    .sign(new TextEncoder().encode(pem));
}

async function encrypted(): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(await authority.mint()))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: "key-1" })
    .encrypt(base64url.decode("A".repeat(43)));
}
