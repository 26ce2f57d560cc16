import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EntraTokenVerifier } from "../../src/index.js";
import { expectRefusal, refusalOf } from "../verification/support/refusal.js";
import { encode } from "../verification/support/signing.js";
import { API, HOME, TestAuthority } from "../verification/support/test-authority.js";

let authority: TestAuthority;
let verifier: EntraTokenVerifier;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
beforeEach(() => {
  verifier = new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
});

/** Signed claims in which one member is this JSON text, which `JSON.stringify` may not be able to write. */
function mintWith(name: string, json: string): Promise<string> {
  const others = JSON.stringify({ ...authority.claims(), [name]: undefined });
  return authority.mint({ claims: `{"${name}":${json},${others.slice(1)}` });
}

const NO_TIMES = [
  "null",
  "true",
  '""',
  '"4102444800"',
  "[4102444800]",
  "{}",
  "0",
  "-0",
  "-1",
  "1e400",
  "-1e400",
  "1e99",
];

describe.each(["exp", "nbf", "iat"])("%s", (name) => {
  it.each(NO_TIMES)("%s is no time", async (json) => {
    await expectRefusal(verifier.verify(await mintWith(name, json)), "invalid_token", "invalid_claim");
  });
});

describe("times", () => {
  it("may have decimals and an exponent", async () => {
    await verifier.verify(await mintWith("exp", "4102444800.5"));
    await verifier.verify(await mintWith("nbf", "1.5e9"));
  });

  it("are compared with their decimals", async () => {
    await expectRefusal(verifier.verify(await mintWith("exp", "0.001")), "invalid_token", "expired");
  });
});

describe("a kid (RFC 8725 section 3.10)", () => {
  const INJECTIONS = [
    "RSA:key-1",
    "key-1\u0000",
    " key-1",
    "KEY-1",
    "constructor",
    "hasOwnProperty",
    "' OR '1'='1",
    "key-1' UNION SELECT 'a",
    "../../../../../../dev/null",
    "file:///dev/null",
    "https://attacker.example/keys#key-1",
    "|/usr/bin/id",
    "$(id)",
    "%2e%2e%2f",
    "\r\nX-Injected: 1",
    "\ud800",
    "k".repeat(256),
  ];

  it.each(INJECTIONS)("%j names no key", async (kid) => {
    await expectRefusal(verifier.verify(await authority.mint({ header: { kid } })), "invalid_token", "unknown_key");
  });

  it.each([
    ["list", ["key-1"]],
    ["object", { toString: "key-1" }],
    ["boolean", true],
    ["null", null],
  ])("that is a %s is none", async (_type, kid) => {
    const token = await authority.mint({ header: { kid } });
    await expectRefusal(verifier.verify(token), "invalid_token", "missing_key_id");
  });
});

describe("size and depth", () => {
  const DEPTH = 200_000;
  const roomy = () =>
    new EntraTokenVerifier({
      clientId: API,
      tenantId: HOME,
      authorityHost: authority.url,
      maxTokenLength: 1024 * 1024,
    });

  it("the longest token accepted is as long as configured, to the character", async () => {
    const token = await authority.mint();
    const options = { clientId: API, tenantId: HOME, authorityHost: authority.url };
    await new EntraTokenVerifier({ ...options, maxTokenLength: token.length }).verify(token);
    const strict = new EntraTokenVerifier({ ...options, maxTokenLength: token.length - 1 });
    await expectRefusal(strict.verify(token), "invalid_token", "too_large");
  });

  it.each([
    ["lists", "[".repeat(DEPTH) + "]".repeat(DEPTH)],
    ["objects", `${'{"a":'.repeat(DEPTH / 2)}1${"}".repeat(DEPTH / 2)}`],
    ["a string of quotes", JSON.stringify('"\\'.repeat(DEPTH / 2))],
    ["a number", "9".repeat(DEPTH)],
    ["members", JSON.stringify(Object.fromEntries(Array.from({ length: DEPTH / 20 }, (_, n) => [`m${n}`, n])))],
  ])("hundreds of kilobytes of %s are read without a crash", async (_name, json) => {
    const user = await roomy().verify(await mintWith("padding", json));
    expect(user.tenantId).toBe(HOME);
    const inHeader = `${encode(`{"alg":"RS256","kid":"unknown","padding":${json}}`)}.${encode(authority.claims())}.AAAA`;
    await expectRefusal(roomy().verify(inHeader), "invalid_token", "unknown_key");
  });

  it("an unending token costs nothing", async () => {
    const begin = performance.now();
    const refusal = await refusalOf(verifier.verify(`${"A".repeat(50_000_000)}.e30.AAAA`));
    expect(refusal.reason).toBe("too_large");
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
