import { BrowserCacheLocation, PublicClientApplication } from "@azure/msal-browser";
import type { PageSettings } from "../../../config/page-settings.js";
import { type Journey, SignIn } from "./sign-in.js";

/** Where the page stands after it was loaded. */
export interface StartedSignIn {
  readonly signIn: SignIn;
  /** What the person was doing when they left for the sign-in page. */
  readonly resume: Journey | undefined;
  /** What the sign-in page answered, if not an account. */
  readonly failure: unknown;
}

/** Takes up what the sign-in page answered, if the browser comes from there. */
export async function startSignIn(settings: PageSettings): Promise<StartedSignIn> {
  const msal = new PublicClientApplication({
    auth: {
      clientId: settings.clientId,
      authority: settings.authority,
      knownAuthorities: [...settings.knownAuthorities],
      redirectUri: `${location.origin}/redirect`,
      // Lets the server ask for more, such as a second factor, in place of refusing.
      clientCapabilities: ["CP1"],
    },
    cache: { cacheLocation: BrowserCacheLocation.SessionStorage },
  });
  await msal.initialize();
  const signIn = new SignIn(msal, settings);
  try {
    const answer = await msal.handleRedirectPromise();
    msal.setActiveAccount(answer?.account ?? msal.getActiveAccount() ?? msal.getAllAccounts()[0] ?? null);
    return { signIn, resume: journeyOf(answer?.state), failure: undefined };
  } catch (failure) {
    msal.setActiveAccount(msal.getActiveAccount() ?? msal.getAllAccounts()[0] ?? null);
    return { signIn, resume: undefined, failure };
  }
}

function journeyOf(state: string | undefined): Journey | undefined {
  return state === "teams" || state === "identity" ? state : undefined;
}
