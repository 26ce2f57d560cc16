import { CommunicationIdentityClient } from "@azure/communication-identity";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/index.js";
import { apiCredential, useEmulator } from "../support/emulator.js";

const emulator = useEmulator();

const clients = {
  "an access key": ({ communication }: Emulator) => new CommunicationIdentityClient(communication.connectionString),
  "a token credential": (running: Emulator) =>
    new CommunicationIdentityClient(running.communication.url, apiCredential(running)),
};

describe.each(Object.entries(clients))("the SDK with %s", (_, createClient) => {
  it("creates an identity with an id of the real form", async () => {
    const { communicationUserId } = await createClient(emulator()).createUser();
    expect(communicationUserId).toMatch(
      /^8:acs:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(communicationUserId).toContain(`8:acs:${emulator().communication.resourceId}_`);
    expect(emulator().state().communication.identities).toEqual([
      { id: communicationUserId, createdOn: expect.any(String), tokens: [] },
    ]);
  });

  it("creates an identity with a token", async () => {
    const before = Date.now();
    const { user, token, expiresOn } = await createClient(emulator()).createUserAndToken(["chat", "voip"], {
      tokenExpiresInMinutes: 60,
    });
    expect(expiresOn.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(expiresOn.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(await emulator().communication.introspectToken(token)).toEqual({
      active: true,
      rawId: user.communicationUserId,
      scopes: ["chat", "voip"],
      expiresOn,
    });
  });

  it("issues tokens of the observed shape, for a day by default", async () => {
    const client = createClient(emulator());
    const user = await client.createUser();
    const before = Date.now();
    const { token, expiresOn } = await client.getToken(user, ["chat.join", "voip.join", "chat.join.limited"]);
    expect(expiresOn.getTime() - before).toBeGreaterThanOrEqual(86_400_000);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", kid: "1", x5t: expect.any(String), typ: "JWT" });
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      skypeid: user.communicationUserId.slice("8:".length),
      scp: 1792,
      csi: String(claims.iat),
      exp: Math.floor(expiresOn.getTime() / 1000),
      rgn: "amer",
      acsScope: "chat.join,voip.join,chat.join.limited",
      resourceId: emulator().communication.resourceId,
      resourceLocation: "unitedstates",
      iat: expect.any(Number),
      emulatorTokenId: expect.any(String),
    });
  });

  it("revokes the tokens issued so far and no later ones", async () => {
    const client = createClient(emulator());
    const user = await client.createUser();
    const { introspectToken } = emulator().communication;
    const earlier = await client.getToken(user, ["chat"]);
    await client.revokeTokens(user);
    const later = await client.getToken(user, ["chat"]);
    expect(await introspectToken(earlier.token)).toEqual({ active: false, reason: "revoked" });
    expect(await introspectToken(later.token)).toMatchObject({ active: true });
    expect(
      emulator()
        .state()
        .communication.identities[0]?.tokens.map(({ status }) => status),
    ).toEqual(["revoked", "active"]);
  });

  it("deletes an identity and its tokens", async () => {
    const client = createClient(emulator());
    const { user, token } = await client.createUserAndToken(["chat"]);
    await client.deleteUser(user);
    expect(await emulator().communication.introspectToken(token)).toEqual({ active: false, reason: "revoked" });
    expect(emulator().state().communication.identities[0]?.deletedOn).toBeDefined();
    const notOwned = { statusCode: 401, code: "IdentityNotOwned" };
    await expect(client.getToken(user, ["chat"])).rejects.toMatchObject(notOwned);
    await expect(client.revokeTokens(user)).rejects.toMatchObject(notOwned);
    await expect(client.deleteUser(user)).rejects.toMatchObject(notOwned);
  });

  it("exchanges a Teams user's token for one that expires at the same time", async () => {
    const { fixtures, mintToken, communication } = emulator();
    const teamsUserAadToken = await mintToken({ user: "user-one", audience: "teams", lifetimeInSeconds: 4000 });
    const { objectId } = fixtures.users["user-one"];
    const { token, expiresOn } = await createClient(emulator()).getTokenForTeamsUser({
      teamsUserAadToken,
      clientId: fixtures.applications.client.clientId,
      userObjectId: objectId,
    });
    expect(expiresOn.getTime()).toBe(Number(decodeJwt(teamsUserAadToken).exp) * 1000);
    expect(await communication.introspectToken(token)).toEqual({
      active: true,
      rawId: `8:orgid:${objectId}`,
      scopes: ["voip", "chat"],
      expiresOn,
    });
  });
});
