import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { EntraTokenVerifier, type EntraTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";
import { createKey } from "../verification/support/signing.js";
import { API, HOME, type Minted, OTHER, TestAuthority, USER } from "../verification/support/test-authority.js";

/** The tenant of all personal Microsoft accounts. */
const PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
afterEach(() => {
  authority.keys.length = 1;
});

function verifier(tenantId: EntraTokenVerifierOptions["tenantId"] = HOME): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId, authorityHost: authority.url });
}

/** Claims of which the issuer is made for the tenant that they name. */
function of(tid: string): Minted {
  return { claims: { tid, iss: authority.issuer("2.0", tid) } };
}

describe("a tenant cannot be mistaken for another:", () => {
  it.each([
    ["a tenant in upper case", () => of(HOME.toUpperCase()), "issuer_mismatch"],
    ["a tenant in braces", () => of(`{${HOME}}`), "invalid_claim"],
    ["a tenant with a space", () => of(`${HOME} `), "invalid_claim"],
    ["the placeholder", () => of("{tenantid}"), "invalid_claim"],
    ["a domain", () => of("home.example"), "invalid_claim"],
    ["full-width digits", () => of(HOME.replaceAll("0", "０")), "invalid_claim"],
    ["a list of tenants", () => ({ claims: { tid: [HOME] } }), "invalid_claim"],
    ["a path to it", () => ({ claims: { iss: authority.issuer("2.0", `${OTHER}/../${HOME}`) } }), "issuer_mismatch"],
    ["an encoded path", () => ({ claims: { iss: authority.issuer("2.0", `%2e%2e/${HOME}`) } }), "issuer_mismatch"],
    ["a query", () => ({ claims: { iss: `${authority.issuer("2.0", HOME)}?x` } }), "issuer_mismatch"],
    ["a trailing slash", () => ({ claims: { iss: `${authority.issuer("2.0", HOME)}/` } }), "issuer_mismatch"],
    [
      "credentials before the host",
      () => ({ claims: { iss: authority.issuer("2.0", HOME).replace("//", "//x@") } }),
      "issuer_mismatch",
    ],
    ["http", () => ({ claims: { iss: authority.issuer("2.0", HOME).replace("https", "http") } }), "issuer_mismatch"],
    [
      "another host",
      () => ({ claims: { iss: `https://login.partner.microsoftonline.cn/${HOME}/v2.0` } }),
      "issuer_mismatch",
    ],
  ] as const)("%s", async (_name, minted, reason) => {
    await expectRefusal(verifier().verify(await authority.mint(minted())), "invalid_token", reason);
  });

  it("also where all tenants are let in: the issuer and the tenant have to agree", async () => {
    const any = verifier(() => true);
    const crossed = { claims: { iss: authority.issuer("2.0", OTHER) } };
    await expectRefusal(any.verify(await authority.mint(crossed)), "invalid_token", "issuer_mismatch");
    const elsewhere = { claims: { iss: `https://login.attacker.example/${HOME}/v2.0` } };
    await expectRefusal(any.verify(await authority.mint(elsewhere)), "invalid_token", "issuer_mismatch");
  });
});

describe("personal accounts", () => {
  const personalKey = () => createKey("personal", { issuer: authority.issuer("2.0", PERSONAL) });

  it("get in only where their tenant is allowed", async () => {
    const key = await personalKey();
    authority.keys.push(key);
    const token = await authority.mint({ tenantId: PERSONAL, key });
    await expectRefusal(verifier().verify(token), "invalid_token", "tenant_not_allowed");
    await expectRefusal(verifier((tenantId) => tenantId === HOME).verify(token), "invalid_token", "tenant_not_allowed");
    expect((await verifier([HOME, PERSONAL]).verify(token)).tenantId).toBe(PERSONAL);
  });

  it("have a key that signs for no work or school tenant, in either version", async () => {
    const key = await personalKey();
    authority.keys.push(key);
    for (const version of ["1.0", "2.0"] as const) {
      const token = await authority.mint({ version, key });
      const refusal = verifier(() => true).verify(token);
      await expectRefusal(refusal, "invalid_token", "key_issuer_mismatch");
    }
  });
});

describe("keys and versions", () => {
  it("a key that only version 1.0 publishes signs no version 2.0 token, and the other way round", async () => {
    const key = await createKey("one-version");
    for (const [publishedFor, version] of [
      ["", "2.0"],
      ["/v2.0", "1.0"],
    ] as const) {
      const path = `/${HOME}/discovery${publishedFor}/keys`;
      const document = authority.server.documents.get(path);
      authority.server.documents.set(path, () => ({ keys: [key.publicJwk] }));
      await expectRefusal(verifier().verify(await authority.mint({ version, key })), "invalid_token", "unknown_key");
      authority.server.documents.set(path, () => document?.());
    }
  });

  it("a key whose issuer cannot be read signs nothing", async () => {
    const key = await createKey("unreadable", { issuer: [authority.issuer("2.0", OTHER)] });
    authority.keys.push(key);
    await expectRefusal(verifier().verify(await authority.mint({ key })), "invalid_token", "unknown_key");
  });
});

describe("who a user is", () => {
  it("does not depend on the pairwise sub, on names or on where a guest comes from", async () => {
    const disguises = [
      { sub: "pairwise-of-another-api" },
      { sub: undefined },
      { idp: `https://sts.windows.net/${OTHER}/`, altsecid: OTHER, home_oid: OTHER },
      { upn: "admin@home.example", email: "admin@home.example", preferred_username: "admin@home.example" },
    ];
    for (const claims of disguises) {
      const { tenantId, objectId } = await verifier().verify(await authority.mint({ claims }));
      expect({ tenantId, objectId }).toEqual({ tenantId: HOME, objectId: USER });
    }
  });
});
