import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectRefusal, refusalOf } from "./support/refusal.js";
import { API, HOME, TestAuthority } from "./support/test-authority.js";
import { coldVerifier, warmVerifier } from "./support/verifiers.js";

let authority: TestAuthority;
beforeEach(async () => {
  authority = await TestAuthority.start();
});
afterEach(() => authority.close());

describe("a key server that is down", () => {
  it("does not matter while keys are cached, however old", async () => {
    const warmed = await warmVerifier(authority, { cacheInMs: 50, refreshInMs: 50 });
    const token = await authority.mint();
    await delay(60);
    authority.server.fault = () => "reset";
    for (let call = 0; call < 50; call += 1) await warmed.verify(token);
    expect(authority.server.requests).toHaveLength(1);
  });

  it("makes cached keys wait for it once, not on each call", async () => {
    const warmed = await warmVerifier(authority, {
      cacheInMs: 50,
      refreshInMs: 50,
      cooldownInMs: 50,
      timeoutInMs: 300,
    });
    const token = await authority.mint();
    await delay(60);
    authority.server.fault = () => ({ delayInMs: 10_000 });
    await warmed.verify(token);
    await delay(60);
    const begin = performance.now();
    await warmed.verify(token);
    expect(performance.now() - begin).toBeLessThan(200);
  });

  it("is a 503 while none are, asked once a second however many wait", async () => {
    authority.server.fault = () => "reset";
    const cold = coldVerifier(authority);
    const token = await authority.mint();
    for (let round = 0; round < 3; round += 1) {
      const refusals = await Promise.all(Array.from({ length: 50 }, () => refusalOf(cold.verify(token))));
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ code: "key_server_unavailable", statusCode: 503 });
        expect(refusal.retryAfterInMs).toBeLessThanOrEqual(1000);
      }
    }
    expect(authority.server.requests).toHaveLength(1);

    authority.server.fault = undefined;
    await delay((await refusalOf(cold.verify(token))).retryAfterInMs ?? 0);
    await cold.verify(token);
  });

  it("holds nobody up for longer than its time, even with a fetch that ignores its signal", async () => {
    const token = await authority.mint();
    let deaf = true;
    const cold = coldVerifier(authority, {
      timeoutInMs: 200,
      fetch: (...call) => (deaf ? new Promise(() => {}) : fetch(...call)),
    });
    const refusal = await refusalOf(cold.verify(token));
    expect(refusal.code).toBe("key_server_unavailable");
    deaf = false;
    await delay(refusal.retryAfterInMs ?? 0);
    await cold.verify(token);
  });

  it("leaves open whether an unknown key exists", async () => {
    const warmed = await warmVerifier(authority);
    authority.server.fault = () => "reset";
    const known = await authority.mint();
    await authority.rotate();
    const unknown = await authority.mint();
    for (let call = 0; call < 2; call += 1) {
      const refusal = await refusalOf(warmed.verify(unknown));
      expect(refusal.code).toBe("key_server_unavailable");
      expect(refusal.retryAfterInMs).toBeGreaterThan(0);
    }
    await warmed.verify(known);
  });
});

describe("a key server that misbehaves", () => {
  const isKeys = (path: string) => path.includes("/keys");
  const genuine = (path: string) => JSON.stringify(authority.server.documents.get(path)?.());

  const FAULTS: ReadonlyArray<
    readonly [string, (path: string) => ReturnType<NonNullable<TestAuthority["server"]["fault"]>>]
  > = [
    ["status 500", () => ({ status: 500 })],
    ["status 500 for the keys only", (path) => (isKeys(path) ? { status: 500 } : undefined)],
    ["a broken connection", (path) => (isKeys(path) ? "reset" : undefined)],
    ["something else than JSON", () => ({ headers: { "content-type": "text/html" }, body: "<html>" })],
    ["JSON that is no metadata", (path) => (isKeys(path) ? undefined : { body: "[]" })],
    ["JSON that holds no keys", (path) => (isKeys(path) ? { body: '{"keys":{}}' } : undefined)],
    ["an empty list of keys", (path) => (isKeys(path) ? { body: '{"keys":[]}' } : undefined)],
    [
      "unusable keys",
      (path) => (isKeys(path) ? { body: '{"keys":[null,1,{"kid":"key-1","kty":"oct","k":"AAAA"}]}' } : undefined),
    ],
    [
      "an oversized document",
      (path) => (isKeys(path) ? { body: `${genuine(path)}${" ".repeat(600 * 1024)}` } : undefined),
    ],
    ["another tenant's metadata", (path) => (isKeys(path) ? undefined : { body: genuine(path).replaceAll(HOME, API) })],
    [
      "the metadata of the other version",
      (path) => (isKeys(path) ? undefined : { body: genuine(path.replace("/v2.0", "")) }),
    ],
    [
      "a redirect",
      (path) =>
        path.endsWith("?moved")
          ? undefined
          : { status: 307, headers: { location: `${path}?moved` }, body: genuine(path) },
    ],
  ];

  it.each(FAULTS)("%s: no keys, and those at hand are kept", async (_name, fault) => {
    const token = await authority.mint();
    for (const path of [...authority.server.documents.keys()]) {
      authority.server.documents.set(`${path}?moved`, () => JSON.parse(genuine(path)));
    }
    const warmed = await warmVerifier(authority, { refreshInMs: 0 });
    authority.server.fault = fault;
    await expectRefusal(coldVerifier(authority).verify(token), "key_server_unavailable");
    for (let call = 0; call < 5; call += 1) await warmed.verify(token);
    await delay(220);
    await warmed.verify(token);
  });

  it("a key server too slow: no keys, and those at hand are kept", async () => {
    const timeoutInMs = 1_000;
    const token = await authority.mint();
    const warmed = await warmVerifier(authority, { refreshInMs: 0, timeoutInMs });
    authority.server.fault = () => ({ delayInMs: 10_000 });
    await expectRefusal(coldVerifier(authority, { timeoutInMs }).verify(token), "key_server_unavailable");
    for (let call = 0; call < 5; call += 1) await warmed.verify(token);
    await delay(timeoutInMs + 50);
    await warmed.verify(token);
  });

  it("keys without https", async () => {
    const insecure = createServer((request, response) => response.end(genuine(request.url ?? "")));
    await once(insecure.listen(0, "127.0.0.1"), "listening");
    const { port } = insecure.address() as AddressInfo;
    authority.server.fault = (path) =>
      isKeys(path)
        ? undefined
        : { body: genuine(path).replace(/(jwks_uri":")https:\/\/[^/]+/, `$1http://127.0.0.1:${port}`) };
    await expectRefusal(coldVerifier(authority).verify(await authority.mint()), "key_server_unavailable");
    insecure.close();
  });
});
