import { PublicClientApplication } from "@azure/msal-node";
import { chooseUser } from "./browser.js";
import type { JourneySettings } from "./settings.js";

/** Scopes of the Entra token that ACS exchanges for a token of the Teams user. */
const TEAMS_SCOPES = [
  "https://auth.msft.communication.azure.com/Teams.ManageCalls",
  "https://auth.msft.communication.azure.com/Teams.ManageChats",
];

/** The signed-in user, as an application with MSAL sees them. */
export interface SignedIn {
  readonly userName: string;
  /** For our API. */
  readonly accessToken: string;
  /** A second token, for ACS; silently, as the user is signed in already. */
  getTeamsToken(): Promise<string>;
}

/** Signs in through the authorization-code flow with PKCE: MSAL on one side, a person at the sign-in page on the other. */
export async function signIn({ authority, clientId, apiScope, userName }: JourneySettings): Promise<SignedIn> {
  const application = new PublicClientApplication({
    auth: { clientId, authority, knownAuthorities: [new URL(authority).host] },
  });
  const result = await application.acquireTokenInteractive({
    scopes: [apiScope],
    openBrowser: (url) => chooseUser(url, userName),
  });
  const { account } = result;
  if (!account) throw new Error("The sign-in returned no account.");
  return {
    userName: account.username,
    accessToken: result.accessToken,
    async getTeamsToken() {
      return (await application.acquireTokenSilent({ account, scopes: TEAMS_SCOPES })).accessToken;
    },
  };
}
