import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VerifiedTokens } from "../../src/verification/keys/verified-tokens.js";
import { expectRefusal } from "./support/refusal.js";
import { createKey } from "./support/signing.js";
import { TestAuthority } from "./support/test-authority.js";
import { warmVerifier } from "./support/verifiers.js";

let authority: TestAuthority;
beforeEach(async () => {
  authority = await TestAuthority.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await authority.close();
});

describe("a token that comes again", () => {
  it("is the same user, without its signature being verified again", async () => {
    const verifier = await warmVerifier(authority);
    const verify = vi.spyOn(crypto.subtle, "verify");
    const token = await authority.mint({ claims: { jti: "another" } });
    const first = await verifier.verify(token);
    for (let call = 0; call < 20; call += 1) expect(await verifier.verify(token)).toEqual(first);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it("with another signature is another token", async () => {
    const verifier = await warmVerifier(authority);
    const token = await authority.mint();
    await verifier.verify(token);
    const forged = token.replace(/\.([^.]*)$/, (_, signature: string) => `.${[...signature].reverse().join("")}`);
    const accepted = await verifier.verify(forged).catch(() => undefined);
    expect(accepted).toBeUndefined();
  });

  it("under a key of the same id that another has taken the place of is refused", async () => {
    const verifier = await warmVerifier(authority, { refreshInMs: 50 });
    const token = await authority.mint();
    await verifier.verify(token);
    authority.keys = [await createKey(authority.current.kid)];
    await delay(60);
    await verifier.verify(token);
    await vi.waitFor(() => expectRefusal(verifier.verify(token), "invalid_token", "invalid_signature"));
  });

  it("is refused once it has expired", async () => {
    const verifier = await warmVerifier(authority);
    const token = await authority.mint();
    await verifier.verify(token);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 3600 * 1000 });
    await expectRefusal(verifier.verify(token), "invalid_token", "expired");
  });

  it("is checked for what each call requires", async () => {
    const verifier = await warmVerifier(authority);
    const token = await authority.mint();
    await verifier.verify(token);
    await expectRefusal(verifier.verify(token, { requiredScopes: ["other"] }), "insufficient_scope", "missing_scope");
  });
});

describe("what is remembered", () => {
  it("is bounded: the tokens used longest ago are forgotten", () => {
    const verified = new VerifiedTokens();
    for (let token = 0; token <= 10_000; token += 1) verified.add(VerifiedTokens.fingerprint(`token ${token}`));
    expect(verified.has(VerifiedTokens.fingerprint("token 0"))).toBe(false);
    expect(verified.has(VerifiedTokens.fingerprint("token 1"))).toBe(true);
  });

  it("is no token", () => {
    expect(VerifiedTokens.fingerprint("a.b.c")).toMatch(/^[A-Za-z\d+/]{43}=$/);
  });
});
