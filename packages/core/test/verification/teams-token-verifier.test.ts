import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TeamsTokenVerifier, type TeamsTokenVerifierOptions } from "../../src/index.js";
import { expectRefusal, refusalOf } from "./support/refusal.js";
import { createKey, encode } from "./support/signing.js";
import { CLIENT, HOME, type Minted, OTHER, TestAuthority, USER, type Version } from "./support/test-authority.js";

const ACS = "https://auth.msft.communication.azure.com";
const CALLER = { tenantId: HOME, objectId: USER };

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());
beforeEach(() => {
  authority.server.requests.length = 0;
});

function verifier(options: Partial<TeamsTokenVerifierOptions> = {}): TeamsTokenVerifier {
  return new TeamsTokenVerifier({ clientId: CLIENT, authorityHost: authority.url, ...options });
}

function mint({
  claims = {},
  version = "1.0",
  ...others
}: Minted & { readonly claims?: object } = {}): Promise<string> {
  return authority.mint({
    version,
    ...others,
    claims: { aud: ACS, scp: "Teams.ManageCalls Teams.ManageChats", ...claims },
  });
}

describe("a Teams token of the caller", () => {
  it.each<Version>(["1.0", "2.0"])("of version %s passes", async (version) => {
    await verifier().verify(await mint({ version }), CALLER);
    expect(authority.server.keyFetches).toBe(1);
  });

  it.each([`${ACS}/`, "https://auth.msft.communication.azure.us", "1fd5118e-2576-4263-8130-9503064c837a"])(
    "for %s passes",
    async (aud) => {
      await verifier().verify(await mint({ claims: { aud } }), CALLER);
    },
  );

  it("passes whatever the case of the ids, and with one Teams scope", async () => {
    const upperCased = { tenantId: HOME.toUpperCase(), objectId: USER.toUpperCase() };
    await verifier().verify(await mint({ claims: { scp: "openid Teams.ManageChats" } }), upperCased);
  });

  it("of any tenant passes", async () => {
    await verifier().verify(await mint({ tenantId: OTHER }), { tenantId: OTHER, objectId: USER });
  });

  it("is for the audiences configured", async () => {
    const own = verifier({ audiences: ["https://communication.example"] });
    await own.verify(await mint({ claims: { aud: "https://communication.example" } }), CALLER);
    await expectRefusal(own.verify(await mint(), CALLER), "invalid_teams_token", "audience_mismatch");
  });
});

describe("a token that only ACS can read passes", () => {
  it.each(["opaque-token", "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVydGV4dA.dGFn", "two.parts"])("%s", async (token) => {
    await verifier().verify(token, CALLER);
    expect(authority.server.requests).toEqual([]);
  });
});

describe("a wrong Teams token", () => {
  const now = Math.floor(Date.now() / 1000);

  it.each<readonly [string, string, Minted | (() => string | Promise<string>)]>([
    ["empty", "empty", () => ""],
    ["not a string", "empty", () => undefined as unknown as string],
    ["oversized", "too_large", () => "x".repeat(16 * 1024 + 1)],
    ["a readable token behind a space", "malformed", async () => ` ${await mint()}`],
    ["two words", "malformed", () => "opaque token"],
    ["three parts that are no token", "malformed", () => "a.b.c"],
    ["of another user", "user_mismatch", { claims: { oid: OTHER } }],
    ["of another tenant", "tenant_mismatch", { tenantId: OTHER }],
    ["of another application", "client_mismatch", { claims: { appid: OTHER } }],
    ["of no application", "client_mismatch", { claims: { appid: undefined } }],
    [
      "of another application in version 2.0",
      "client_mismatch",
      { version: "2.0", claims: { azp: OTHER, appid: CLIENT } },
    ],
    ["for Graph", "audience_mismatch", { claims: { aud: "https://graph.microsoft.com" } }],
    ["without a Teams scope", "missing_scope", { claims: { scp: "access_as_user NotTeams.ManageCalls" } }],
    ["without scopes", "missing_scope", { claims: { scp: undefined } }],
    ["expired", "expired", { claims: { exp: now - 100 } }],
    ["not yet valid", "not_yet_valid", { claims: { nbf: now + 600 } }],
    [
      "with an issuer of another tenant",
      "issuer_mismatch",
      () => mint({ claims: { iss: authority.issuer("1.0", OTHER) } }),
    ],
    ["unsigned", "algorithm_not_allowed", { header: { alg: "none" } }],
  ])("%s is refused without a key", async (_name, reason, minted) => {
    const token = typeof minted === "function" ? await minted() : await mint(minted as Minted & { claims?: object });
    const refusal = await refusalOf(verifier().verify(token, CALLER));
    expect(refusal).toMatchObject({ code: "invalid_teams_token", reason, statusCode: 400 });
    expect(authority.server.requests).toEqual([]);
  });

  it("that is forged is refused", async () => {
    const token = await mint();
    const [header = "", , signature = ""] = token.split(".");
    const forged = [header, encode({ ...authority.claims("1.0"), aud: ACS, scp: "Teams.X" }), signature].join(".");
    await expectRefusal(verifier().verify(forged, CALLER), "invalid_teams_token", "invalid_signature");
    const stranger = await mint({ key: await createKey("key-1") });
    await expectRefusal(verifier().verify(stranger, CALLER), "invalid_teams_token", "invalid_signature");
    const otherHost = await mint({ claims: { iss: `https://login.attacker.example/${HOME}/` } });
    await expectRefusal(verifier().verify(otherHost, CALLER), "invalid_teams_token", "issuer_mismatch");
  });

  it("gets told apart from a tenant id in the place of the user's id", async () => {
    const refusal = await refusalOf(verifier().verify(await mint(), { tenantId: HOME, objectId: HOME }));
    expect(refusal).toMatchObject({ code: "invalid_teams_token", reason: "user_mismatch" });
    expect(refusal.message).toContain("tenant id");
  });

  it("is left open while no keys can be fetched", async () => {
    authority.server.fault = () => "reset";
    await expectRefusal(verifier().verify(await mint(), CALLER), "key_server_unavailable");
    authority.server.fault = undefined;
  });

  it("is not waited for after an abort", async () => {
    const abortSignal = AbortSignal.abort();
    await expectRefusal(verifier().verify(await mint(), CALLER, { abortSignal }), "aborted");
  });
});
