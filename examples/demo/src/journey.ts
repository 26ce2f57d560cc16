import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { printFailure } from "./console/failure.js";
import { Narrator, shorten } from "./narrator.js";
import { ServerClient } from "./server-client.js";
import { readJourneySettings } from "./settings.js";
import { signIn } from "./sign-in.js";

await journey().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});

async function journey(): Promise<void> {
  const settings = readJourneySettings();
  const narrator = new Narrator();

  narrator.title("From a signed-in user to an Azure Communication Services token");

  const user = await narrator.step(
    "Sign in: authorization code with PKCE, by MSAL",
    () => signIn(settings),
    ({ userName, accessToken }) => ({ user: userName, accessToken: shorten(accessToken) }),
  );
  const server = new ServerClient(settings.serverUrl, user.accessToken);

  const created = await narrator.step(
    "POST /api/user: map the user to a new identity",
    () => server.call("POST", "/api/user", 201),
    ({ status, body }) => ({ status, identity: body["acsUserIdentity"] }),
  );

  await narrator.step(
    "POST /api/user again: the same identity",
    async () => {
      const again = await server.call("POST", "/api/user", 200);
      if (again.body["acsUserIdentity"] !== created.body["acsUserIdentity"]) throw new Error("Another identity.");
      return again;
    },
    ({ status, body }) => ({ status, identity: body["acsUserIdentity"] }),
  );

  const issued = await narrator.step(
    "GET /api/token: an access token for chat and calling",
    () => server.call("GET", "/api/token", 201),
    ({ status, body }) => ({ status, token: shorten(String(body["token"])), expiresOn: body["expiresOn"] }),
  );

  await narrator.step(
    "AzureCommunicationTokenCredential: what the chat and calling SDKs take",
    async () => {
      const credential = new AzureCommunicationTokenCredential(String(issued.body["token"]));
      const token = await credential.getToken();
      credential.dispose();
      if (token.token !== issued.body["token"]) throw new Error("The credential returned another token.");
      return token;
    },
    ({ token, expiresOnTimestamp }) => ({
      token: shorten(token),
      expiresOn: new Date(expiresOnTimestamp).toISOString(),
    }),
  );

  const teamsToken = await narrator.step(
    "A second Entra token, for Teams: silently, by MSAL",
    user.getTeamsToken,
    (token) => ({
      token: shorten(token),
    }),
  );

  await narrator.step(
    "GET /api/token/teams: exchange it for an ACS token of the Teams user",
    () => server.call("GET", "/api/token/teams", 201, { "teams-user-aad-token": teamsToken }),
    ({ status, body }) => ({ status, token: shorten(String(body["token"])), expiresOn: body["expiresOn"] }),
  );

  await narrator.step(
    "POST /api/token/revoke: sign out everywhere",
    () => server.call("POST", "/api/token/revoke", 204),
    ({ status }) => ({ status }),
  );

  await narrator.step(
    "DELETE /api/user: the identity with all its data, then the mapping",
    () => server.call("DELETE", "/api/user", 204),
    ({ status }) => ({ status }),
  );

  await narrator.step(
    "GET /api/user: nothing is left",
    () => server.call("GET", "/api/user", 404),
    ({ status, body }) => ({ status, code: body["code"] }),
  );

  narrator.end();
}
