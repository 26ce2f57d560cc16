import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AcsAuthError, EntraTokenVerifier, type EntraTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal, refusalOf } from "./support/refusal.js";
import { API, CLIENT, HOME, OTHER, TestAuthority, USER, type Version } from "./support/test-authority.js";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
beforeEach(() => {
  authority.server.requests.length = 0;
});

function verifier(options: Partial<EntraTokenVerifierOptions> = {}): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url, ...options });
}

describe("a user's token", () => {
  it.each<Version>(["1.0", "2.0"])("of version %s is accepted", async (version) => {
    const token = await authority.mint({ version });
    const user = await verifier().verify(token);
    expect(user).toMatchObject({ tenantId: HOME, objectId: USER, accessToken: token, clientId: CLIENT });
    expect(user.scopes).toEqual(["access_as_user"]);
    expect(user.claims).toMatchObject({ sub: "pairwise-subject", ver: version });
  });

  it("is verified with the metadata of its own version", async () => {
    await verifier().verify(await authority.mint({ version: "1.0" }));
    expect(authority.server.requests).toEqual([`/${HOME}/.well-known/openid-configuration`, `/${HOME}/discovery/keys`]);
    await verifier().verify(await authority.mint({ version: "2.0" }));
    expect(authority.server.requests.slice(2)).toEqual([
      `/${HOME}/v2.0/.well-known/openid-configuration`,
      `/${HOME}/discovery/v2.0/keys`,
    ]);
  });

  it("yields a lower-case user key", async () => {
    const upperCased = "B0000000-0000-4000-8000-0000000000AB";
    const user = await verifier().verify(await authority.mint({ claims: { oid: upperCased } }));
    expect(user.objectId).toBe(upperCased.toLowerCase());
  });

  it("may lie within the clock tolerance", async () => {
    const now = Math.floor(Date.now() / 1000);
    const token = await authority.mint({ claims: { iat: now + 30, nbf: now + 30, exp: now - 30 } });
    await verifier().verify(token);
    await expectRefusal(verifier({ clockToleranceInSeconds: 10 }).verify(token), "invalid_token", "expired");
  });

  it("of any of several tenants is accepted", async () => {
    const both = verifier({ tenantId: [HOME.toUpperCase(), OTHER] });
    expect((await both.verify(await authority.mint({ tenantId: HOME }))).tenantId).toBe(HOME);
    expect((await both.verify(await authority.mint({ tenantId: OTHER, version: "1.0" }))).tenantId).toBe(OTHER);
  });

  it("is accepted with further audiences where they are configured", async () => {
    const token = await authority.mint({ version: "1.0", claims: { aud: "https://api.example/" } });
    await expectRefusal(verifier().verify(token), "invalid_token", "audience_mismatch");
    await verifier({ audiences: ["https://api.example/"] }).verify(token);
  });

  it("must come from an authorized client where they are configured", async () => {
    const chosen = verifier({ authorizedClientIds: [CLIENT.toUpperCase()] });
    await chosen.verify(await authority.mint());
    await chosen.verify(await authority.mint({ version: "1.0" }));
    for (const claims of [{ azp: API }, { azp: undefined }, { azp: undefined, appid: CLIENT }]) {
      await expectRefusal(chosen.verify(await authority.mint({ claims })), "invalid_token", "client_not_allowed");
    }
  });
});

describe("a tenantId function", () => {
  it("decides, given the verified tenant", async () => {
    const asked: string[] = [];
    const some = verifier({ tenantId: async (tenantId) => asked.push(tenantId) > 0 && tenantId === OTHER });
    expect((await some.verify(await authority.mint({ tenantId: OTHER }))).tenantId).toBe(OTHER);
    await expectRefusal(some.verify(await authority.mint()), "invalid_token", "tenant_not_allowed");
    expect(asked).toEqual([OTHER, HOME]);
  });

  it("is not asked about a forged token", async () => {
    const asked: string[] = [];
    const any = verifier({ tenantId: (tenantId) => asked.push(tenantId) > 0 });
    const token = await authority.mint();
    await expectRefusal(any.verify(`${token.slice(0, -10)}AAAAAAAAAA`), "invalid_token", "invalid_signature");
    expect(asked).toEqual([]);
  });

  it("lets nobody in when it fails", async () => {
    const token = await authority.mint();
    const failing = verifier({ tenantId: () => Promise.reject(new Error("no database")) });
    await expectRefusal(failing.verify(token), "forbidden", "tenant_check_failed");
    const throwing = verifier({
      tenantId: () => {
        throw new Error("no database");
      },
    });
    await expectRefusal(throwing.verify(token), "forbidden", "tenant_check_failed");
    const own = verifier({ tenantId: () => Promise.reject(new AcsAuthError("store_unavailable", "No tenants.")) });
    await expectRefusal(own.verify(token), "store_unavailable");
  });

  it("lets nobody in for anything but true", async () => {
    const truthy = verifier({ tenantId: (() => "yes") as unknown as () => boolean });
    await expectRefusal(truthy.verify(await authority.mint()), "invalid_token", "tenant_not_allowed");
  });
});

describe("scopes", () => {
  it("must all be there", async () => {
    const strict = verifier({ requiredScopes: ["access_as_user", "calls"] });
    const refusal = await refusalOf(strict.verify(await authority.mint()));
    expect(refusal).toMatchObject({ code: "insufficient_scope", reason: "missing_scope", statusCode: 403 });
    expect(refusal.requiredScopes).toEqual(["access_as_user", "calls"]);
    const user = await strict.verify(await authority.mint({ claims: { scp: "calls other access_as_user" } }));
    expect(user.scopes).toEqual(["calls", "other", "access_as_user"]);
  });

  it("are compared whole", async () => {
    const token = await authority.mint({ claims: { scp: "access_as_user.read Access_As_User" } });
    await expectRefusal(verifier().verify(token), "insufficient_scope", "missing_scope");
  });

  it("can be set per call", async () => {
    const token = await authority.mint({ claims: { scp: "calls" } });
    expect((await verifier().verify(token, { requiredScopes: ["calls"] })).scopes).toEqual(["calls"]);
    await expectRefusal(verifier().verify(token, { requiredScopes: ["chat"] }), "insufficient_scope", "missing_scope");
  });

  it("of any kind will do where none is required, but not their absence", async () => {
    const lenient = verifier({ requiredScopes: [] });
    await lenient.verify(await authority.mint({ claims: { scp: "anything" } }));
    for (const scp of [undefined, "", " "]) {
      const token = await authority.mint({ claims: { scp } });
      await expectRefusal(lenient.verify(token), "insufficient_scope", "missing_scope");
    }
    const appOnly = await authority.mint({ claims: { scp: undefined, roles: ["access_as_application"] } });
    await expectRefusal(lenient.verify(appOnly), "insufficient_scope", "app_only");
    const marked = await authority.mint({ claims: { idtyp: "app" } });
    await expectRefusal(lenient.verify(marked), "insufficient_scope", "app_only");
  });
});
