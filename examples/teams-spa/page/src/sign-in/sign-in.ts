import type { AccessTokenRequest } from "@acs-auth/client";
import {
  type AccountInfo,
  InteractionRequiredAuthError,
  type PublicClientApplication,
  type SilentRequest,
} from "@azure/msal-browser";
import type { PageSettings } from "../../../config/page-settings.js";
import { SignInNeeded, type SignInReason, type SignInRequest } from "./sign-in-needed.js";

/** The two ways to a credential. */
export type Journey = "teams" | "identity";

/** The signed-in person, and the access tokens that the page may have on their behalf. */
export class SignIn {
  readonly #msal: PublicClientApplication;
  readonly #settings: PageSettings;

  constructor(msal: PublicClientApplication, settings: PageSettings) {
    this.#msal = msal;
    this.#settings = settings;
  }

  get account(): AccountInfo | undefined {
    return this.#msal.getActiveAccount() ?? undefined;
  }

  /** Leaves for the sign-in page. */
  async begin(): Promise<void> {
    await this.#msal.loginRedirect({ scopes: [this.#settings.apiScope], prompt: "select_account" });
  }

  /** Leaves for the sign-in page because of `request`; back again, the page goes on with the journey. */
  async continueWith({ scopes, claims, account }: SignInRequest, journey: Journey): Promise<void> {
    await this.#msal.acquireTokenRedirect({
      scopes: [...scopes],
      state: journey,
      ...(claims === undefined ? {} : { claims }),
      ...(account === undefined ? {} : { account }),
    });
  }

  async end(): Promise<void> {
    await this.#msal.logoutRedirect({ account: this.account ?? null, postLogoutRedirectUri: `${location.origin}/` });
  }

  /** An access token for our server. */
  readonly getApiToken = ({ claims, forceRefresh }: AccessTokenRequest): Promise<string> =>
    this.#acquire({ scopes: [this.#settings.apiScope], forceRefresh }, claims);

  /** An access token that ACS exchanges; a fresh one each time, since the credential lives exactly as long. */
  readonly getTeamsToken = ({ claims }: AccessTokenRequest): Promise<string> =>
    this.#acquire({ scopes: [...this.#settings.teamsScopes], forceRefresh: true }, claims);

  async #acquire(request: SilentRequest, claims: string | undefined): Promise<string> {
    const { account } = this;
    const silent = { ...request, ...(account && { account }), ...(claims !== undefined && { claims }) };
    try {
      return (await this.#msal.acquireTokenSilent(silent)).accessToken;
    } catch (error) {
      if (!(error instanceof InteractionRequiredAuthError)) throw error;
      const asked = { scopes: request.scopes, claims: error.claims || claims, account };
      throw new SignInNeeded(reasonOf(error, asked.claims), asked, error);
    }
  }
}

function reasonOf({ subError, errorCode }: InteractionRequiredAuthError, claims: string | undefined): SignInReason {
  if (subError === "consent_required" || errorCode === "consent_required") return "consent";
  return claims === undefined ? "sign_in" : "verification";
}
