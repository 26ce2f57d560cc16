import { CommunicationIdentityClient } from "@azure/communication-identity";
import { Client } from "@microsoft/microsoft-graph-client";
import type { Emulator } from "../../../src/index.js";
import { redeem, signIn } from "../../entra/support/sign-in.js";

export function communicationClient({ communication }: Emulator): CommunicationIdentityClient {
  return new CommunicationIdentityClient(communication.connectionString);
}

export function graphClient({ graph }: Emulator, token: string): Client {
  return Client.initWithMiddleware({
    authProvider: { getAccessToken: async () => token },
    baseUrl: graph.url,
    customHosts: new Set(["localhost"]),
  });
}

/** Gives the emulator something of everything that it can hold. */
export async function makeBusy(emulator: Emulator) {
  const { entra, fixtures } = emulator;
  const client = communicationClient(emulator);
  const { user, token } = await client.createUserAndToken(["chat"]);
  const deletedUser = await client.createUser();
  await client.deleteUser(deletedUser);
  const revokedUser = await client.createUserAndToken(["voip"]);
  await client.revokeTokens(revokedUser.user);
  await client.getTokenForTeamsUser({
    teamsUserAadToken: await emulator.mintToken({ user: "user-one", audience: "teams" }),
    clientId: fixtures.applications.client.clientId,
    userObjectId: fixtures.users["user-one"].objectId,
  });

  const graphToken = await emulator.mintToken({ user: "user-one", application: "api", audience: "graph" });
  await graphClient(emulator, graphToken)
    .api("/me/extensions")
    .post({ extensionName: "com.example.settings", theme: "dark" });

  await emulator.rotateKeys();
  await emulator.rotateKeys({ publishOnly: true });
  const redeemedCode = await signIn(entra.url);
  const { body } = await redeem(entra.url, redeemedCode);
  const unusedCode = await signIn(entra.url);
  entra.revokeSessions({ user: "user-two" });
  entra.revokeConsent({ user: "user-two", application: "client", resource: "graph" });
  entra.requireMfa({ user: "user-three", resource: "teams", number: 50079 });
  emulator.graph.requireClaims({ user: "user-three" });
  emulator.graph.setReplicaLag({ reads: 1 });
  return {
    user,
    token,
    deletedUser,
    revokedToken: revokedUser.token,
    graphToken,
    redeemedCode,
    unusedCode,
    refreshToken: String(body["refresh_token"]),
  };
}
