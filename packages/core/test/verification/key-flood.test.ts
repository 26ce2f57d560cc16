import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EntraTokenVerifier } from "../../src/index.js";
import { refusalOf } from "./support/refusal.js";
import { encode } from "./support/signing.js";
import { HOME, TestAuthority } from "./support/test-authority.js";
import { coldVerifier, warmVerifier } from "./support/verifiers.js";

let authority: TestAuthority;
beforeEach(async () => {
  authority = await TestAuthority.start();
});
afterEach(() => authority.close());

/** Tokens that look right in everything but the signature, each with a key id of its own. */
function forge(index: number): string {
  return `${encode({ alg: "RS256", kid: `forged-${index}` })}.${encode(authority.claims())}.AAAA`;
}

async function flood(target: EntraTokenVerifier, count: number): Promise<Set<string>> {
  const outcomes = new Set<string>();
  for (let index = 0; index < count; index += 500) {
    const batch = Array.from({ length: Math.min(500, count - index) }, (_, offset) => forge(index + offset));
    const refusals = await Promise.all(batch.map((token) => refusalOf(target.verify(token))));
    for (const { code, reason } of refusals) outcomes.add(`${code} ${reason}`);
  }
  return outcomes;
}

/** Keeps a flood going while something else happens. */
async function during<T>(target: EntraTokenVerifier, run: () => Promise<T>): Promise<T> {
  let isOver = false;
  const flooding = (async () => {
    for (let index = 0; !isOver; index += 1) {
      await Promise.all([refusalOf(target.verify(forge(index))), delay(2)]);
    }
  })();
  try {
    return await run();
  } finally {
    isOver = true;
    await flooding;
  }
}

describe("10,000 unknown key ids", () => {
  it("cause one fetch per cool-down", async () => {
    const warm = await warmVerifier(authority, { cooldownInMs: 60_000 });
    expect(await flood(warm, 10_000)).toEqual(new Set(["invalid_token unknown_key"]));
    expect(authority.server.keyFetches).toBe(1);
    await warm.verify(await authority.mint());
  });

  it("cause one fetch per cool-down when it fails, too", async () => {
    const warm = await warmVerifier(authority, { cooldownInMs: 60_000 });
    authority.server.fault = () => "reset";
    expect(await flood(warm, 10_000)).toEqual(new Set(["key_server_unavailable undefined"]));
    expect(authority.server.requests).toHaveLength(1);
    await warm.verify(await authority.mint());
  });

  it("cause one fetch besides the first on a cold start, and keep no user out", async () => {
    const cold = coldVerifier(authority, { cooldownInMs: 60_000 });
    const [outcomes] = await Promise.all([flood(cold, 10_000), cold.verify(await authority.mint())]);
    expect(outcomes).toEqual(new Set(["invalid_token unknown_key"]));
    expect(authority.server.keyFetches).toBeLessThanOrEqual(2);
  });

  it("cause none where the claims are wrong", async () => {
    const warm = await warmVerifier(authority);
    const wrong = { ...authority.claims(), iss: `https://login.attacker.example/${HOME}/v2.0` };
    for (const claims of [wrong, { ...authority.claims(), aud: "other" }, { ...authority.claims(), exp: 1 }]) {
      await refusalOf(warm.verify(`${encode({ alg: "RS256", kid: "forged" })}.${encode(claims)}.AAAA`));
    }
    expect(authority.server.requests).toEqual([]);
  });

  it("cause another fetch once the cool-down is over", async () => {
    const warm = await warmVerifier(authority, { cooldownInMs: 100 });
    await flood(warm, 10);
    await delay(110);
    await flood(warm, 10);
    expect(authority.server.keyFetches).toBe(2);
  });
});

describe("a rollover during a flood", () => {
  it("is learnt of by the background refresh, which unknown key ids do not hold up", async () => {
    const warm = await warmVerifier(authority, { refreshInMs: 500, cooldownInMs: 3_600_000 });
    const old = await authority.mint();
    await during(warm, async () => {
      await vi.waitFor(() => expect(authority.server.keyFetches).toBe(1));
      const token = await authority.mint({ key: await authority.rotate({ publishOnly: true }) });
      await eventually(
        () => warm.verify(token),
        5000,
        () => warm.verify(old),
      );
    });
  });

  it("without notice delays tokens of the new key by one cool-down, and no others", async () => {
    const cooldownInMs = 500;
    const warm = await warmVerifier(authority, { cooldownInMs });
    const old = await authority.mint();
    await during(warm, async () => {
      await vi.waitFor(() => expect(authority.server.keyFetches).toBe(1));
      const token = await authority.mint({ key: await authority.rotate() });
      await eventually(
        () => warm.verify(token),
        cooldownInMs + 1500,
        () => warm.verify(old),
      );
    });
  });

  it("keeps nobody out on a cold start", async () => {
    const cold = coldVerifier(authority, { cooldownInMs: 3_600_000 });
    await authority.rotate();
    await during(cold, async () => {
      await cold.verify(await authority.mint());
    });
  });

  it("keeps nobody out on a cold start once the key server is back", async () => {
    const cold = coldVerifier(authority, { cooldownInMs: 3_600_000 });
    authority.server.fault = () => "reset";
    await during(cold, async () => {
      const refusal = await refusalOf(cold.verify(await authority.mint()));
      expect(refusal.code).toBe("key_server_unavailable");
      await authority.rotate();
      const token = await authority.mint();
      authority.server.fault = undefined;
      await eventually(() => cold.verify(token), 3000);
    });
    expect(authority.server.requests.length).toBeLessThan(10);
  });
});

/** Tries until it succeeds; what must succeed each time is tried along. */
async function eventually(
  attempt: () => Promise<unknown>,
  timeout: number,
  always: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const outcome = async () => {
    await always();
    return attempt().then(
      () => "accepted",
      () => "refused",
    );
  };
  await expect.poll(outcome, { interval: 10, timeout }).toBe("accepted");
}
