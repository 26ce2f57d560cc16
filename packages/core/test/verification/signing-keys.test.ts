import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expectRefusal } from "./support/refusal.js";
import { TestAuthority } from "./support/test-authority.js";
import { coldVerifier, warmVerifier } from "./support/verifiers.js";

let authority: TestAuthority;
beforeEach(async () => {
  authority = await TestAuthority.start();
});
afterEach(() => authority.close());

describe("keys", () => {
  it("are fetched when first needed, once for all who wait", async () => {
    const cold = coldVerifier(authority);
    const token = await authority.mint();
    expect(authority.server.requests).toEqual([]);
    await Promise.all(Array.from({ length: 100 }, () => cold.verify(token)));
    await cold.verify(token);
    expect(authority.server.requests).toHaveLength(2);
  });

  it("are imported once", async () => {
    const warmed = await warmVerifier(authority);
    const importKey = vi.spyOn(crypto.subtle, "importKey");
    const verify = vi.spyOn(crypto.subtle, "verify");
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, jti) => authority.mint({ claims: { jti } })));
    for (const token of tokens) await warmed.verify(token);
    expect(importKey).not.toHaveBeenCalled();
    expect(verify).toHaveBeenCalledTimes(20);
    vi.restoreAllMocks();
  });

  it("that are new are fetched for the first token that needs them", async () => {
    const warmed = await warmVerifier(authority);
    await authority.rotate();
    await warmed.verify(await authority.mint());
    expect(authority.server.keyFetches).toBe(1);
  });

  it("are refreshed in the background, without anybody waiting", async () => {
    const warmed = await warmVerifier(authority, { refreshInMs: 50 });
    const token = await authority.mint();
    await warmed.verify(token);
    expect(authority.server.requests).toEqual([]);

    await delay(60);
    authority.server.fault = () => ({ delayInMs: 300 });
    const begin = performance.now();
    await warmed.verify(token);
    expect(performance.now() - begin).toBeLessThan(200);
    await vi.waitFor(() => expect(authority.server.keyFetches).toBe(1));
  });

  it("that were withdrawn end with the next refresh", async () => {
    const warmed = await warmVerifier(authority, { refreshInMs: 50 });
    const token = await authority.mint();
    await authority.rotate();
    authority.keys.shift();
    await delay(60);
    await warmed.verify(token);
    await vi.waitFor(() => expectRefusal(warmed.verify(token), "invalid_token", "unknown_key"));
  });

  it("that have outlived their time are fetched anew before they are used", async () => {
    const warmed = await warmVerifier(authority, { cacheInMs: 50, refreshInMs: 50 });
    const token = await authority.mint();
    await authority.rotate();
    authority.keys.shift();
    await delay(60);
    await expectRefusal(warmed.verify(token), "invalid_token", "unknown_key");
  });

  it("are waited for no longer than the caller's abortSignal allows, and fetched all the same", async () => {
    authority.server.fault = () => ({ delayInMs: 200 });
    const cold = coldVerifier(authority);
    const token = await authority.mint();
    const impatient = cold.verify(token, { abortSignal: AbortSignal.timeout(50) });
    const patient = cold.verify(token);
    await expectRefusal(impatient, "aborted");
    expect((await patient).accessToken).toBe(token);
    expect(authority.server.requests).toHaveLength(2);
    await expectRefusal(cold.verify(token, { abortSignal: AbortSignal.abort() }), "aborted");
  });
});
