/** What the page has to know; none of it is secret. */
export interface PageSettings {
  /** `https://login.microsoftonline.com/<tenant id>`. */
  readonly authority: string;
  /** Hosts that MSAL may trust as sign-in services without asking Microsoft's; for the emulator. */
  readonly knownAuthorities: readonly string[];
  /** The application registration of this page. */
  readonly clientId: string;
  readonly apiScope: string;
  /** What ACS exchanges for a token of the Teams user. */
  readonly teamsScopes: readonly string[];
  /** Where the acs-auth server answers. */
  readonly serverEndpoint: string;
}

/** The settings, or everything that is wrong with them. */
export type PageConfiguration = { readonly settings: PageSettings } | { readonly problems: readonly string[] };
