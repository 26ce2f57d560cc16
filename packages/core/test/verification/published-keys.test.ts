import { exportJWK } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EntraTokenVerifier } from "../../src/index.js";
import { refusalOf } from "./support/refusal.js";
import { createKey } from "./support/signing.js";
import { API, HOME, OTHER, TestAuthority } from "./support/test-authority.js";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
afterEach(() => {
  authority.keys.length = 1;
});

let verifier: EntraTokenVerifier;
beforeEach(() => {
  verifier = new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
});

describe("a key marked with an issuer", () => {
  const markedFor = async (tenantId: string) => {
    const key = await createKey("marked", { issuer: authority.issuer("2.0", tenantId) });
    authority.keys.push(key);
    return key;
  };

  it("signs for that tenant only", async () => {
    const any = new EntraTokenVerifier({ clientId: API, tenantId: () => true, authorityHost: authority.url });
    const key = await markedFor(OTHER);
    await any.verify(await authority.mint({ key, tenantId: OTHER }));
    const refusal = await refusalOf(any.verify(await authority.mint({ key, tenantId: HOME })));
    expect(refusal).toMatchObject({ code: "invalid_token", reason: "key_issuer_mismatch" });
  });

  it("signs for that host only", async () => {
    const key = await createKey("marked", { issuer: `https://login.other-cloud.example/${HOME}/v2.0` });
    authority.keys.push(key);
    const refusal = await refusalOf(verifier.verify(await authority.mint({ key })));
    expect(refusal).toMatchObject({ code: "invalid_token", reason: "key_issuer_mismatch" });
  });

  it("signs version 1.0 tokens of that tenant, told by the tenant", async () => {
    const version = "1.0";
    const home = await markedFor(HOME);
    await verifier.verify(await authority.mint({ version, key: home }));
    authority.keys.length = 1;
    const other = await markedFor(OTHER);
    const fresh = new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
    const refusal = await refusalOf(fresh.verify(await authority.mint({ version, key: other })));
    expect(refusal).toMatchObject({ code: "invalid_token", reason: "key_issuer_mismatch" });
  });
});

describe("a published key that is not fit for RS256", () => {
  it.each([
    ["for encryption", { use: "enc" }, "unknown_key"],
    ["of another algorithm", { alg: "RS512" }, "unknown_key"],
    ["not for verifying", { key_ops: ["encrypt"] }, "unknown_key"],
    ["broken", { n: undefined }, "unknown_key"],
  ])("%s", async (_name, members, reason) => {
    const key = await createKey("unfit", members);
    authority.keys.push(key);
    expect(await refusalOf(verifier.verify(await authority.mint({ key })))).toMatchObject({ reason });
  });

  it("private", async () => {
    const key = await createKey("private");
    authority.keys.push({ ...key, publicJwk: { ...(await exportJWK(key.privateKey)), kid: "private" } });
    expect(await refusalOf(verifier.verify(await authority.mint({ key })))).toMatchObject({
      reason: "invalid_signature",
    });
  });

  it("too short", async () => {
    const key = await createKey("short", {}, 1024);
    authority.keys.push(key);
    expect(await refusalOf(verifier.verify(await authority.mint({ key })))).toMatchObject({
      reason: "invalid_signature",
    });
  });
});
