import { AuthenticationRequiredError, OnBehalfOfCredential } from "@azure/identity";
import { expect, test } from "vitest";
import { defaultFixtures } from "../../src/default-fixtures.js";
import { clientWith, graphClient, graphErrorOf, useGraph } from "./support/graph-server.js";

const { applications, tenants } = defaultFixtures;
const server = useGraph();

const acrs = { access_token: { acrs: { essential: true, value: "c1" } } };

/** The claims request in the challenge that the call is refused with. */
async function challengeOf(call: Promise<unknown>): Promise<string> {
  const error = await graphErrorOf(call);
  expect(error).toMatchObject({ statusCode: 401, code: "InvalidAuthenticationToken" });
  const header = error.headers?.get("www-authenticate") ?? "";
  expect(header).toContain(`authorization_uri="${server().entraUrl}/common/oauth2/authorize"`);
  const [, claims] = /^Bearer realm="", .*error="insufficient_claims", claims="([A-Za-z0-9+/=]+)"$/.exec(header) ?? [];
  if (claims === undefined) throw new Error(`There is no challenge in: ${header}`);
  return Buffer.from(claims, "base64").toString();
}

async function onBehalfOf(claims?: string) {
  const emulated = {
    authorityHost: server().entraUrl,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  };
  const credential = new OnBehalfOfCredential({
    tenantId: tenants.home.id,
    clientId: applications.api.clientId,
    clientSecret: applications.api.clientSecret,
    userAssertionToken: await server().entra.mintToken({ user: "user-one" }),
    ...emulated,
  });
  const options = { enableCae: true, ...(claims !== undefined && { claims }) };
  const { token } = await credential.getToken("https://graph.microsoft.com/.default", options);
  return clientWith(server().url, token);
}

test("a revocation is answered by an On-Behalf-Of exchange with the claims, and with nothing less", async () => {
  const before = await onBehalfOf();
  await before.api("/me/extensions").get();
  server().graph.requireClaims({ user: "user-one" });

  const claims = await challengeOf(before.api("/me/extensions").get());
  expect(JSON.parse(claims)).toEqual({ access_token: { nbf: { essential: true, value: expect.any(String) } } });
  await challengeOf((await onBehalfOf()).api("/me/extensions").get());
  expect(await (await onBehalfOf(claims)).api("/me/extensions").get()).toMatchObject({ value: [] });
});

test("an authentication context that the sign-in lacks sends the user back to sign in", async () => {
  server().graph.requireClaims({ user: "user-one", claims: acrs });
  const claims = await challengeOf((await onBehalfOf()).api("/me").get());
  expect(JSON.parse(claims)).toEqual(acrs);
  await expect(onBehalfOf(claims)).rejects.toThrow(AuthenticationRequiredError);
  const satisfied = await graphClient(server(), { claims: { acrs: ["c1"] } });
  await satisfied.api("/me").get();
});

test("a second factor is asked for with polids", async () => {
  const claims = { access_token: { polids: { essential: true, values: ["a-policy"] } } };
  server().graph.requireClaims({ user: "user-one", claims });
  await challengeOf((await graphClient(server())).api("/me").get());
  await (await graphClient(server(), { claims: { acrs: ["p1"] } })).api("/me").get();
});

test("a challenge is for one user, and ends when it is removed or all is reset", async () => {
  const client = await graphClient(server());
  const challenge = server().graph.requireClaims({ user: "user-one", claims: acrs });
  await (await graphClient(server(), { user: "user-two" })).api("/me").get();
  await (await graphClient(server(), { roles: ["User.Read.All"] })).api("/users/user-one@home.example").get();
  await challengeOf(client.api("/me").get());
  expect(server().graph.state().claimsChallenges).toEqual([{ user: "user-one", claims: JSON.stringify(acrs) }]);
  challenge.remove();
  await client.api("/me").get();

  server().graph.requireClaims({ user: "user-one", claims: acrs });
  await challengeOf(client.api("/me").get());
  server().graph.reset();
  await client.api("/me").get();
});

test("a challenge nobody could meet is refused", () => {
  expect(() => server().graph.requireClaims({ user: "user-one", claims: {} })).toThrow(TypeError);
  expect(() => server().graph.requireClaims({ user: "nobody" })).toThrow(TypeError);
});
