import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EntraTokenVerifier, type EntraTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal } from "./support/refusal.js";
import { API, CLIENT, HOME, OTHER, TestAuthority, USER } from "./support/test-authority.js";

/** Metadata paths and issuers as Microsoft documents them, on the test server's host. */
const B2C = {
  path: "/contoso.onmicrosoft.com/b2c_1_signin/v2.0/.well-known/openid-configuration",
  issuer: `/${HOME}/v2.0/`,
};
const EXTERNAL_ID = { path: `/${HOME}/external/v2.0/.well-known/openid-configuration`, issuer: `/${HOME}/v2.0` };
const OWN_KEYS = { path: `/${HOME}/v2.0/.well-known/openid-configuration?appid=${API}`, issuer: "/{tenantid}/v2.0" };

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
  const { documents } = authority.server;
  documents.set("/custom/keys", () => ({ keys: authority.keys.map(({ publicJwk }) => publicJwk) }));
  for (const { path, issuer } of [B2C, EXTERNAL_ID, OWN_KEYS]) {
    documents.set(path, () => ({ issuer: authority.url + issuer, jwks_uri: `${authority.url}/custom/keys` }));
  }
});
afterAll(() => authority.close());

function verifier(path: string, options: Partial<EntraTokenVerifierOptions> = {}): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId: HOME, metadataUrl: authority.url + path, ...options });
}

describe("Azure AD B2C", () => {
  const mint = (claims: Record<string, unknown> = {}) =>
    authority.mint({
      claims: {
        iss: authority.url + B2C.issuer,
        ver: "1.0",
        tid: undefined,
        oid: undefined,
        sub: USER,
        tfp: "b2c_1",
        ...claims,
      },
    });

  it("is understood: ver 1.0, azp, neither tid nor oid", async () => {
    const user = await verifier(B2C.path, { objectIdClaim: "sub" }).verify(await mint());
    expect(user).toMatchObject({ tenantId: HOME, objectId: USER, clientId: CLIENT });
  });

  it("needs the configured claim and the configured tenant", async () => {
    await expectRefusal(verifier(B2C.path).verify(await mint()), "invalid_token", "missing_claim");
    const bySubject = verifier(B2C.path, { objectIdClaim: "sub" });
    await expectRefusal(bySubject.verify(await mint({ sub: undefined })), "invalid_token", "missing_claim");
    const sharedByAll = await mint({ sub: "Not supported currently. Use oid claim." });
    await expectRefusal(bySubject.verify(sharedByAll), "invalid_token", "invalid_claim");
    await expectRefusal(bySubject.verify(await mint({ tid: OTHER })), "invalid_token", "tenant_not_allowed");
    const otherIssuer = await mint({ iss: `${authority.url}/${OTHER}/v2.0/` });
    await expectRefusal(bySubject.verify(otherIssuer), "invalid_token", "issuer_mismatch");
  });
});

describe("Entra External ID", () => {
  it("is understood, with the keys of its own metadata", async () => {
    const user = await verifier(EXTERNAL_ID.path).verify(await authority.mint());
    expect(user).toMatchObject({ tenantId: HOME, objectId: USER });
    expect(authority.server.requests).toContain("/custom/keys");
  });
});

describe("an application's own signing keys", () => {
  it("are fetched with the application's id, and a templated issuer stands for the tenant", async () => {
    await verifier(OWN_KEYS.path).verify(await authority.mint());
    expect(authority.server.requests).toContain(OWN_KEYS.path);
    const foreign = await authority.mint({ claims: { iss: authority.issuer("2.0", OTHER) } });
    await expectRefusal(verifier(OWN_KEYS.path).verify(foreign), "invalid_token", "issuer_mismatch");
  });
});
