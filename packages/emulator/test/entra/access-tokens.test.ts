import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { type EntraServer, startEntra } from "./support/entra-server.js";

const { tenants, users, applications, resources } = defaultFixtures;
const { api, client, daemon } = applications;

let server: EntraServer;
beforeAll(async () => {
  server = await startEntra();
});
afterAll(() => server.close());

describe("claims", () => {
  test("of a v2.0 token", async () => {
    const token = await server.entra.mintToken({ user: "user-one" });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      ver: "2.0",
      aud: api.clientId,
      iss: `${server.url}/${tenants.home.id}/v2.0`,
      tid: tenants.home.id,
      oid: users["user-one"].objectId,
      azp: client.clientId,
      azpacr: "0",
      scp: "access_as_user",
      preferred_username: "user-one@home.example",
      name: "Fixture User One",
    });
    for (const absent of ["appid", "roles", "idp", "upn", "xms_cc", "acrs"]) expect(claims).not.toHaveProperty(absent);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(4500 + 300);
    expect(decodeProtectedHeader(token)).not.toHaveProperty("x5t");
  });

  test("of a v1.0 token", async () => {
    const token = await server.entra.mintToken({ user: "user-one", version: "1.0" });
    expect(decodeJwt(token)).toMatchObject({
      ver: "1.0",
      aud: `api://${api.clientId}`,
      iss: `${server.url}/${tenants.home.id}/`,
      appid: client.clientId,
      appidacr: "0",
      acr: "1",
      upn: "user-one@home.example",
    });
    const { kid, x5t } = decodeProtectedHeader(token);
    expect(x5t).toBe(kid);
  });

  test("of the Teams and Graph resources are v1.0 whatever the client", async () => {
    expect(decodeJwt(await server.entra.mintToken({ user: "user-one", audience: "teams" }))).toMatchObject({
      aud: "https://auth.msft.communication.azure.com",
      appid: client.clientId,
      scp: "Teams.ManageCalls Teams.ManageChats",
      ver: "1.0",
    });
    expect(
      decodeJwt(
        await server.entra.mintToken({ user: "user-one", application: "api", audience: resources.graph.clientId }),
      ),
    ).toMatchObject({
      aud: "https://graph.microsoft.com",
      appid: api.clientId,
      scp: "User.Read User.ReadWrite",
      ver: "1.0",
    });
  });

  test("of an application: roles, its service principal, no scp", async () => {
    const claims = decodeJwt(await server.entra.mintToken({ application: "daemon" }));
    expect(claims).toMatchObject({ azp: daemon.clientId, azpacr: "1", roles: ["access_as_application"], idtyp: "app" });
    expect(claims["oid"]).toBe(claims.sub);
    expect(claims).not.toHaveProperty("scp");
  });

  test("of a guest name the tenant of the account", async () => {
    expect(decodeJwt(await server.entra.mintToken({ user: "guest" }))).toMatchObject({
      tid: tenants.home.id,
      oid: users.guest.objectId,
      idp: `${server.url}/${tenants.other.id}/`,
    });
  });

  test("sub is pairwise: one per user and API, the same every time", async () => {
    const subject = async (user: string, audience: string) =>
      decodeJwt(await server.entra.mintToken({ user, audience })).sub;
    expect(await subject("user-one", "api")).toBe(await subject("user-one", "api"));
    expect(await subject("user-one", "api")).not.toBe(await subject("user-one", "teams"));
    expect(await subject("user-one", "api")).not.toBe(await subject("user-two", "api"));
  });
});

describe("mintToken", () => {
  test("sets and leaves out claims and header members", async () => {
    const token = await server.entra.mintToken({
      user: "user-one",
      scopes: ["other"],
      claims: { aud: "x", tid: undefined },
      header: { kid: undefined },
    });
    expect(decodeJwt(token)).toMatchObject({ aud: "x", scp: "other" });
    expect(decodeJwt(token)).not.toHaveProperty("tid");
    expect(decodeProtectedHeader(token)).not.toHaveProperty("kid");
  });

  test.each([
    ["expired", { lifetimeInSeconds: -1 }],
    ["not valid yet", { notBefore: Math.floor(Date.now() / 1000) + 60 }],
    ["for another audience", { claims: { aud: "x" } }],
    ["of another issuer", { claims: { iss: "https://issuer.example" } }],
    ["of an issuer that is not its tenant's", { claims: { tid: tenants.other.id } }],
    ["without expiry", { claims: { exp: undefined } }],
    ["signed by an unpublished key", { signWith: "unpublished" as const }],
  ])("makes a token that is %s, which verifyAccessToken refuses", async (_, broken) => {
    await expect(
      server.entra.verifyAccessToken(await server.entra.mintToken({ user: "user-one" }), [api.clientId]),
    ).resolves.toMatchObject({ oid: users["user-one"].objectId });
    const token = await server.entra.mintToken({ user: "user-one", ...broken });
    await expect(server.entra.verifyAccessToken(token, [api.clientId])).rejects.toThrow();
  });

  test.each([{ user: "nobody" }, { application: "nothing" }, { user: "user-one", audience: "nothing" }, {}])(
    "refuses %o",
    async (request) => {
      await expect(server.entra.mintToken(request)).rejects.toThrow(TypeError);
    },
  );
});
