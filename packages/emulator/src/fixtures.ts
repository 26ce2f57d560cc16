/** A fixture Entra ID tenant. */
export interface TenantFixture {
  /** The `tid` claim, a GUID. */
  readonly id: string;
  /** Accepted in place of the id in every Entra URL. */
  readonly domain: string;
  /** What errors call the tenant. */
  readonly displayName: string;
}

/** A fixture user object in one tenant. */
export interface UserFixture {
  /** The `oid` claim. */
  readonly objectId: string;
  /** Name of the tenant the object lives in. */
  readonly tenant: string;
  /** The `name` claim. */
  readonly displayName: string;
  /** The `upn` claim of v1.0 tokens and a member's `preferred_username`. Graph finds the user by it too. */
  readonly userPrincipalName: string;
  /** The `email` claim of id tokens, a guest's `preferred_username`, and `mail` in Graph. */
  readonly email: string;
  /** Where a guest really signs in: the account in its home tenant. Absent for members. */
  readonly homeAccount?: {
    /** Name of the home tenant. */
    readonly tenant: string;
    /** The account's object id there. */
    readonly objectId: string;
  };
}

/** What an API asks to have in its access tokens beyond the default claims. */
export interface OptionalClaims {
  /** `xms_cc`, for clients that declared a capability such as `cp1`. */
  readonly clientCapabilities?: boolean;
  /** `idtyp`: `"app"` in app-only tokens, or `"app-and-user"` for `idtyp: "user"` as well. */
  readonly tokenType?: "app" | "app-and-user";
}

/** An API that tokens can be issued for. */
export interface ApiFixture {
  /** What clients may ask for it by, besides its client id; the one that they used is `aud` of a v1.0 token. */
  readonly identifierUris: readonly string[];
  /** Delegated permissions (`scp`). */
  readonly scopes: readonly string[];
  /** Application permissions (`roles`). */
  readonly roles: readonly string[];
  /** Version of the access tokens it accepts (`api.requestedAccessTokenVersion`). */
  readonly accessTokenVersion: "1.0" | "2.0";
  /** Default: none. */
  readonly optionalClaims?: OptionalClaims;
}

/** An API of Microsoft that exists in every tenant. */
export interface ResourceFixture extends ApiFixture {
  /** The same in every tenant; `aud` of v2.0 tokens. */
  readonly clientId: string;
  /** What the consent page calls it. */
  readonly displayName: string;
}

/** What an application was granted on an API, by its name, in every tenant it lives in. */
export interface PermissionFixture {
  /** The API: the name of one of `resources` or of the application that exposes it, its client id or an identifier URI. */
  readonly resource: string;
  /** Delegated permissions every user has consented to. */
  readonly scopes?: readonly string[];
  /** Application permissions an administrator has consented to. */
  readonly roles?: readonly string[];
}

/** A fixture application registration. */
export interface ApplicationFixture {
  /** `azp` or `appid` of its tokens, a GUID. */
  readonly clientId: string;
  /** What the sign-in page and errors call it. */
  readonly displayName: string;
  /** Names of the tenants it has a service principal in. */
  readonly tenants: readonly string[];
  /** A public client has no credential and must use PKCE. */
  readonly publicClient: boolean;
  /** Absent for a public client, and for one that has certificates only. */
  readonly clientSecret?: string;
  /** X.509 certificates (PEM) whose keys may sign client assertions. */
  readonly certificates?: readonly string[];
  /** Compared exactly, except that the port of an `http://localhost` address is free, as in Entra ID. */
  readonly redirectUris: readonly string[];
  /** At most one for each API. */
  readonly permissions: readonly PermissionFixture[];
  /** The API it exposes itself. */
  readonly api?: ApiFixture;
}

/** Fixtures by name: those that are always there, and any number of others. */
export type Named<Name extends string, Fixture> = Readonly<Record<Name, Fixture>> & Readonly<Record<string, Fixture>>;
/** An application that has a client secret. */
export type ConfidentialApplicationFixture = ApplicationFixture & {
  /** Not a secret: known to everybody who has this package. */
  readonly clientSecret: string;
};

/** Everything the emulated Entra ID knows; each record is keyed by the fixture's name. */
export interface Fixtures {
  /** `home` has all three applications, `other` is where guests come from. */
  readonly tenants: Named<"home" | "other", TenantFixture>;
  /** `guest` is a guest in `home`, `foreign` lives in `other`, the rest are members of `home`. */
  readonly users: Named<"user-one" | "user-two" | "user-three" | "guest" | "foreign", UserFixture>;
  /** The registrations, with what they were granted. */
  readonly applications: Readonly<{
    /** The server whose API is called; it calls other APIs On-Behalf-Of. */
    api: ConfidentialApplicationFixture & {
      /** What `client` and `daemon` ask for. */
      readonly api: ApiFixture;
    };
    /** The public client that users sign in with. */
    client: ApplicationFixture;
    /** A client without users: its tokens are app-only. */
    daemon: ConfidentialApplicationFixture;
  }> &
    Readonly<Record<string, ApplicationFixture>>;
  /** `clients` has the permissions of ACS for Entra ID users, `teams` those for Teams users. */
  readonly resources: Named<"graph" | "communication" | "clients" | "teams", ResourceFixture>;
}
