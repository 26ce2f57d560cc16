import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createIdentityClient, EntraTokenVerifier } from "../../src/index.js";
import { expectRefusal } from "../verification/support/refusal.js";
import { encode } from "../verification/support/signing.js";
import { API, CLIENT, HOME, type Minted, TestAuthority, USER } from "../verification/support/test-authority.js";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.start();
});
afterAll(() => authority.close());

function verifier(): EntraTokenVerifier {
  return new EntraTokenVerifier({ clientId: API, tenantId: HOME, authorityHost: authority.url });
}

describe("a token of another kind, from the same issuer and under the same key, is refused:", () => {
  const ID_TOKEN = { scp: undefined, azp: undefined, nonce: "n", preferred_username: "user@home.example" };

  it.each<readonly [string, Minted, string, string]>([
    ["an ID token of an application that is its own API", { claims: ID_TOKEN }, "insufficient_scope", "missing_scope"],
    ["an ID token of a client", { claims: { ...ID_TOKEN, aud: CLIENT } }, "invalid_token", "audience_mismatch"],
    [
      "a logout token",
      { claims: { scp: undefined, events: { "http://schemas.openid.net/event/backchannel-logout": {} } } },
      "insufficient_scope",
      "missing_scope",
    ],
    ["a logout token by its type", { header: { typ: "logout+jwt" } }, "invalid_token", "unsupported_type"],
    ["a security event", { header: { typ: "secevent+jwt" } }, "invalid_token", "unsupported_type"],
    ["a proof of possession", { header: { typ: "pop" } }, "invalid_token", "unsupported_type"],
    ["a DPoP proof", { header: { typ: "dpop+jwt" } }, "invalid_token", "unsupported_type"],
    ["a client assertion", { header: { typ: "client-authentication+jwt" } }, "invalid_token", "unsupported_type"],
    [
      "a token for Microsoft Graph",
      { claims: { aud: "00000003-0000-0000-c000-000000000000" } },
      "invalid_token",
      "audience_mismatch",
    ],
    ["a token for ACS", { claims: { aud: "https://communication.azure.com" } }, "invalid_token", "audience_mismatch"],
    [
      "a Teams token",
      { claims: { aud: "https://auth.msft.communication.azure.com", scp: "Teams.ManageCalls" } },
      "invalid_token",
      "audience_mismatch",
    ],
  ])("%s", async (_name, minted, code, reason) => {
    await expectRefusal(verifier().verify(await authority.mint(minted)), code, reason);
  });
});

describe("an application without a user is refused:", () => {
  it.each<readonly [string, object, string]>([
    ["with roles", { scp: undefined, roles: ["access_as_user"] }, "app_only"],
    ["with roles in place of scopes", { scp: "", roles: ["access_as_user"] }, "app_only"],
    ["with roles as text", { scp: undefined, roles: "access_as_user" }, "app_only"],
    ["marked as one, whatever scope it claims", { idtyp: "app", roles: ["r"] }, "app_only"],
    ["with nothing but its own object id", { scp: undefined, sub: USER }, "missing_scope"],
  ])("%s", async (_name, claims, reason) => {
    await expectRefusal(
      verifier().verify(await authority.mint({ claims: { ...claims } })),
      "insufficient_scope",
      reason,
    );
  });

  it("but a user with roles is a user", async () => {
    const token = await authority.mint({ claims: { idtyp: "user", roles: ["Admin"] } });
    expect((await verifier().verify(token)).objectId).toBe(USER);
  });
});

describe("tokens of the other services of the emulator", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 } });
  });
  afterAll(() => emulator.close());

  it("are none for this API: an ACS token and a Teams token", async () => {
    const { applications, tenants } = emulator.fixtures;
    const api = new EntraTokenVerifier({
      clientId: applications.api.clientId,
      tenantId: tenants.home.id,
      authorityHost: emulator.entra.url,
    });
    const { token } = await createIdentityClient(emulator.communication.connectionString).createUserAndToken(["chat"]);
    await expectRefusal(api.verify(token), "invalid_token", "missing_claim");
    const teams = await emulator.mintToken({ user: "user-one", audience: "teams" });
    await expectRefusal(api.verify(teams), "invalid_token", "audience_mismatch");
    const [header] = (await emulator.mintToken({ user: "user-one" })).split(".");
    const spliced = `${header}.${encode({ ver: "2.0" })}.${token.split(".")[2]}`;
    await expectRefusal(api.verify(spliced), "invalid_token", "missing_claim");
  });
});
