import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { exportJWK, generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EntraTokenVerifier, type KeySourceOptions } from "../../src/index.js";
import { expectRefusal, refusalOf } from "../verification/support/refusal.js";
import { createKey } from "../verification/support/signing.js";
import { API, HOME, TestAuthority } from "../verification/support/test-authority.js";
import { type HostileServer, startHostileServer } from "./support/hostile-server.js";

const METADATA = `/${HOME}/v2.0/.well-known/openid-configuration`;
const KEYS = `/${HOME}/discovery/v2.0/keys`;

let authority: TestAuthority;
let hostile: HostileServer;
beforeEach(async () => {
  [authority, hostile] = await Promise.all([TestAuthority.start(), startHostileServer()]);
});
afterEach(() => Promise.all([authority.close(), hostile.close()]));

function verifier(keys: KeySourceOptions = {}): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url, keys });
}

function publish(keys: readonly unknown[]): void {
  authority.server.documents.set(KEYS, () => ({ keys }));
}

function pointKeysTo(jwksUri: unknown): void {
  const issuer = authority.issuer("2.0", HOME);
  authority.server.documents.set(METADATA, () => ({ issuer, jwks_uri: jwksUri }));
}

describe("a keys document without end", () => {
  const genuine = () => JSON.stringify({ keys: [authority.current.publicJwk] });
  const ENDLESS: readonly (readonly [string, timeoutInMs: number, (body: string) => RequestListener])[] = [
    [
      "byte by byte",
      1_000,
      () => (_request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(" "), 10);
        response.on("close", () => clearInterval(drip));
      },
    ],
    [
      "as fast as it is read",
      30_000,
      () => (_request, response) => {
        const pour = () => {
          while (!response.destroyed && response.write(" ".repeat(64 * 1024)));
        };
        response.writeHead(200).on("drain", pour);
        pour();
      },
    ],
    [
      "in little, by compression",
      30_000,
      (body) => {
        const megabyte = gzipSync(" ".repeat(1024 * 1024));
        const bomb = Buffer.concat([gzipSync(body), ...Array.from({ length: 64 }, () => megabyte)]);
        return (_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
      },
    ],
    [
      "and never begins",
      1_000,
      () => (_request, response) => {
        response.writeHead(200).flushHeaders();
      },
    ],
  ];

  it.each(ENDLESS)("%s: is given up when its time or its size is over", async (_name, timeoutInMs, listener) => {
    hostile.listener = listener(genuine());
    pointKeysTo(`${hostile.url}/keys`);
    const token = await authority.mint();
    const begin = performance.now();
    await expectRefusal(verifier({ timeoutInMs }).verify(token), "key_server_unavailable");
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});

describe("a key server that sends to another one", () => {
  it.each([301, 302, 303, 307, 308])("with status %i is not followed", async (status) => {
    let asked = 0;
    hostile.listener = (_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ keys: [authority.current.publicJwk] }));
    };
    authority.server.fault = (path) => (path === KEYS ? { status, headers: { location: hostile.url } } : undefined);
    await expectRefusal(verifier().verify(await authority.mint()), "key_server_unavailable");
    expect(asked).toBe(0);
  });

  it.each([
    "file:///etc/passwd",
    "data:application/json,{}",
    "http://169.254.169.254/metadata",
    "ftp://127.0.0.1/keys",
    "javascript:0",
    "//127.0.0.1/keys",
    "https://user:password@127.0.0.1/keys",
    "",
    null,
    ["https://127.0.0.1/keys"],
  ])("to %j is not followed", async (jwksUri) => {
    pointKeysTo(jwksUri);
    const refusal = await refusalOf(verifier().verify(await authority.mint()));
    expect(refusal.code).toBe("key_server_unavailable");
    expect(String(refusal.cause)).not.toContain("password");
  });
});

describe("documents that are none", () => {
  it.each([
    ["a sign-in page", "<!doctype html><title>Sign in</title>"],
    ["a page that holds the keys", "<script>{}</script>"],
    ["JSON nested 100,000 deep", "[".repeat(100_000) + "]".repeat(100_000)],
    ["a list", "[]"],
    ["null", "null"],
    ["keys in the prototype", '{"__proto__":{"keys":[{}]}}'],
    ["a text of keys", '{"keys":"[]"}'],
  ])("%s", async (_name, body) => {
    authority.server.fault = (path) => (path === KEYS ? { headers: { "content-type": "text/html" }, body } : undefined);
    await expectRefusal(verifier().verify(await authority.mint()), "key_server_unavailable");
  });
});

describe("a second key under the same id", () => {
  it("of another type, use or algorithm is not tried", async () => {
    const { publicJwk } = authority.current;
    const { publicKey } = await generateKeyPair("ES256", { extractable: true });
    const twin = { kid: "key-1", use: "sig" };
    publish([
      publicJwk,
      { ...(await exportJWK(publicKey)), ...twin },
      { ...twin, kty: "oct", k: "c2VjcmV0" },
      { ...publicJwk, use: "enc" },
      { ...publicJwk, kid: ["key-1"] },
      { ...publicJwk, issuer: { tenant: HOME } },
      { kid: "key-1" },
      null,
    ]);
    await verifier().verify(await authority.mint());
  });

  it("that is too short for RS256 signs nothing", async () => {
    const short = await createKey("key-1", {}, 1024);
    for (const keys of [
      [authority.current.publicJwk, short.publicJwk],
      [short.publicJwk, authority.current.publicJwk],
    ]) {
      publish(keys);
      await expectRefusal(
        verifier().verify(await authority.mint({ key: short })),
        "invalid_token",
        "invalid_signature",
      );
    }
  });
});

describe("keys that are not public", () => {
  it("a whole set of private keys is not used", async () => {
    publish([{ ...(await exportJWK(authority.current.privateKey)), kid: "key-1" }]);
    await expectRefusal(verifier().verify(await authority.mint()), "invalid_token", "invalid_signature");
  });

  it("a symmetric key makes no HS256 token valid", async () => {
    publish([authority.current.publicJwk, { kty: "oct", kid: "shared", k: "c2VjcmV0", alg: "HS256" }]);
    const token = await authority.mint({ header: { alg: "HS256", kid: "shared" } });
    await expectRefusal(verifier().verify(token), "invalid_token", "algorithm_not_allowed");
  });

  it("certificates in a key are not looked at", async () => {
    publish([
      { ...authority.current.publicJwk, x5c: ["bm90IGEgY2VydGlmaWNhdGU="], x5u: `${hostile.url}/x5u`, x5t: "AA" },
    ]);
    await verifier().verify(await authority.mint());
  });
});

it("thousands of keys are looked up as quickly as one", async () => {
  const { publicJwk } = authority.current;
  publish([
    ...Array.from({ length: 4000 }, (_, n) => ({ kty: "RSA", kid: `other-${n}`, n: "AQAB", e: "AQAB" })),
    publicJwk,
  ]);
  const warm = verifier();
  const token = await authority.mint();
  await warm.verify(token);
  for (let n = 0; n < 100; n++) await warm.verify(token);
});
