import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EntraTokenVerifier, type EntraTokenVerifierOptions, TeamsTokenVerifier } from "../../src/index.js";
import { expectRefusal } from "./support/refusal.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ports: { entra: 0, communication: 0, admin: 0 } });
});
afterAll(() => emulator.close());

function verifier(options: Partial<EntraTokenVerifierOptions> = {}): EntraTokenVerifier {
  const { tenants, applications } = emulator.fixtures;
  return new EntraTokenVerifier({
    clientId: applications.api.clientId,
    tenantId: tenants.home.id,
    authorityHost: emulator.entra.url,
    ...options,
  });
}

describe("with the emulated Entra ID", () => {
  it.each(["1.0", "2.0"] as const)("a user's token of version %s is accepted", async (version) => {
    const { users, tenants, applications } = emulator.fixtures;
    expect(await verifier().verify(await emulator.mintToken({ user: "user-one", version }))).toMatchObject({
      tenantId: tenants.home.id,
      objectId: users["user-one"].objectId,
      scopes: ["access_as_user"],
      clientId: applications.client.clientId,
    });
  });

  it("a guest is a user of the tenant that invited them", async () => {
    const { users, tenants } = emulator.fixtures;
    const user = await verifier().verify(await emulator.mintToken({ user: "guest" }));
    expect(user).toMatchObject({ tenantId: tenants.home.id, objectId: users.guest.objectId });
  });

  it("users of other tenants get in where their tenant is allowed", async () => {
    const { users, tenants } = emulator.fixtures;
    const token = await emulator.mintToken({ user: "foreign" });
    await expectRefusal(verifier().verify(token), "invalid_token", "tenant_not_allowed");
    for (const tenantId of [[tenants.home.id, tenants.other.id], () => true]) {
      expect((await verifier({ tenantId }).verify(token)).objectId).toBe(users.foreign.objectId);
    }
  });

  it("an application's own token is refused", async () => {
    const token = await emulator.mintToken({ application: "daemon" });
    await expectRefusal(verifier().verify(token), "insufficient_scope", "app_only");
  });

  it("a key that is published nowhere is unknown", async () => {
    const token = await emulator.mintToken({ user: "user-one", signWith: "unpublished" });
    await expectRefusal(verifier().verify(token), "invalid_token", "unknown_key");
  });

  it("a rollover goes unnoticed", async () => {
    const warm = verifier();
    const before = await emulator.mintToken({ user: "user-one" });
    await warm.verify(before);
    await emulator.rotateKeys({ publishOnly: true });
    await warm.verify(before);
    await emulator.rotateKeys({ removeOld: true });
    await warm.verify(await emulator.mintToken({ user: "user-one" }));
    await expectRefusal(warm.verify(before), "invalid_token", "unknown_key");
  });

  it("a Teams token passes for its user only", async () => {
    const { users, tenants, applications } = emulator.fixtures;
    const teams = new TeamsTokenVerifier({
      clientId: applications.client.clientId,
      authorityHost: emulator.entra.url,
    });
    const token = await emulator.mintToken({ user: "user-one", audience: "teams" });
    const caller = (name: "user-one" | "user-two") => ({
      tenantId: tenants.home.id,
      objectId: users[name].objectId,
    });
    await teams.verify(token, caller("user-one"));
    await expectRefusal(teams.verify(token, caller("user-two")), "invalid_teams_token", "user_mismatch");
    const apiToken = await emulator.mintToken({ user: "user-one" });
    await expectRefusal(teams.verify(apiToken, caller("user-one")), "invalid_teams_token", "audience_mismatch");
  });
});

describe("with an Entra ID whose issuers are Microsoft's own hosts", () => {
  it.each(["1.0", "2.0"] as const)("a user's token of version %s is accepted", async (version) => {
    const microsoft = await startEmulator({
      ports: { entra: 0, communication: 0, admin: 0 },
      entra: { issuers: "microsoft" },
    });
    try {
      const token = await microsoft.mintToken({ user: "user-one", version });
      for (const tenantId of [microsoft.fixtures.tenants.home.id, () => true]) {
        const user = await verifier({ authorityHost: microsoft.entra.url, tenantId }).verify(token);
        expect(user.claims["iss"]).toContain(version === "1.0" ? "https://sts.windows.net/" : "microsoftonline.com");
      }
    } finally {
      await microsoft.close();
    }
  });
});
