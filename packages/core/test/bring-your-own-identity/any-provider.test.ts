import { afterAll, beforeAll, expect, it } from "vitest";
import { type AuthenticatedUser, OidcTokenVerifier } from "../../src/index.js";
import { AUDIENCE, type RunningProvider, startProvider } from "../attacks/support/oidc-provider.js";
import { useEmulator } from "../support/harness.js";

const { emulator, newService, live } = useEmulator();

let providers: readonly RunningProvider[];
beforeAll(async () => {
  providers = await Promise.all([startProvider(), startProvider()]);
});
afterAll(() => Promise.all(providers.map((provider) => provider.close())));

/** Signs the same subject in at each provider. */
function signInEverywhere(subject: string): Promise<AuthenticatedUser[]> {
  return Promise.all(
    providers.map(async ({ issuer, signIn }) => {
      const verifier = new OidcTokenVerifier({ issuer, audience: AUDIENCE, allowInsecureLoopback: true });
      return verifier.verify((await signIn(subject)).access_token);
    }),
  );
}

it("a user who signed in at any OpenID provider gets an identity and its token, and keeps it", async () => {
  const { service } = newService();
  const [user] = await signInEverywhere("user-one");
  if (!user) throw new Error("Nobody has signed in.");
  const { token, user: identity } = await service.issueToken(user, { createIfMissing: true });
  expect(await emulator().communication.introspectToken(token)).toMatchObject({
    active: true,
    rawId: identity.communicationUserId,
  });
  const [again] = await signInEverywhere("user-one");
  expect(again && (await service.getUser(again))?.communicationUserId).toBe(identity.communicationUserId);
});

it("the same subject at two providers is two people", async () => {
  const { service } = newService();
  const users = await signInEverywhere("user-one");
  const identities = await Promise.all(users.map((user) => service.getOrCreateUser(user)));
  expect(new Set(identities.map(({ communicationUserId }) => communicationUserId)).size).toBe(2);
  expect(live()).toHaveLength(2);
});

it("the emulator's Entra ID serves as a provider to try with", async () => {
  const { tenants, applications, users } = emulator().fixtures;
  const issuer = `${emulator().entra.url}/${tenants.home.id}/v2.0`;
  const verifier = new OidcTokenVerifier({
    issuer,
    audience: applications.api.clientId,
    requiredScopes: ["access_as_user"],
    scopeClaim: "scp",
    userClaim: "oid",
  });
  const user = await verifier.verify(await emulator().mintToken({ user: "user-one" }));
  expect(user).toMatchObject({ tenantId: issuer, objectId: users["user-one"].objectId });
});

it("a user of the application's own needs no token, only a name that never changes", async () => {
  const { service } = newService();
  const user = { tenantId: "https://contoso.com/accounts", objectId: "4711" };
  const { communicationUserId } = await service.getOrCreateUser(user);
  expect((await service.issueToken({ ...user })).user).toEqual({ communicationUserId });
});
