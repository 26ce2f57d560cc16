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

const apiClientId = "c0000000-0000-4000-8000-000000000001";

/**
 * The fixtures an emulator starts with. All identifiers are fixed, so that scripts can be repeated.
 *
 * To change them, spread: `{ ...defaultFixtures, users: { ...defaultFixtures.users, "user-four": { … } } }`.
 */
export const defaultFixtures: Fixtures = {
  tenants: {
    home: { id: "a0000000-0000-4000-8000-000000000001", domain: "home.example", displayName: "Fixture Home Tenant" },
    other: { id: "a0000000-0000-4000-8000-000000000002", domain: "other.example", displayName: "Fixture Other Tenant" },
  },
  users: {
    "user-one": {
      objectId: "b0000000-0000-4000-8000-000000000001",
      tenant: "home",
      displayName: "Fixture User One",
      userPrincipalName: "user-one@home.example",
      email: "user-one@home.example",
    },
    "user-two": {
      objectId: "b0000000-0000-4000-8000-000000000002",
      tenant: "home",
      displayName: "Fixture User Two",
      userPrincipalName: "user-two@home.example",
      email: "user-two@home.example",
    },
    "user-three": {
      objectId: "b0000000-0000-4000-8000-000000000003",
      tenant: "home",
      displayName: "Fixture User Three",
      userPrincipalName: "user-three@home.example",
      email: "user-three@home.example",
    },
    guest: {
      objectId: "b0000000-0000-4000-8000-000000000004",
      tenant: "home",
      displayName: "Fixture Guest",
      userPrincipalName: "guest_other.example#EXT#@home.example",
      email: "guest@other.example",
      homeAccount: { tenant: "other", objectId: "b0000000-0000-4000-8000-000000000014" },
    },
    foreign: {
      objectId: "b0000000-0000-4000-8000-000000000005",
      tenant: "other",
      displayName: "Fixture Foreign User",
      userPrincipalName: "foreign@other.example",
      email: "foreign@other.example",
    },
  },
  applications: {
    api: {
      clientId: apiClientId,
      displayName: "Fixture API",
      tenants: ["home", "other"],
      publicClient: false,
      clientSecret: "fixture-api-secret",
      redirectUris: ["http://localhost"],
      permissions: [
        { resource: "graph", scopes: ["User.Read", "User.ReadWrite"], roles: ["User.ReadWrite.All"] },
        { resource: "teams", scopes: ["Teams.ManageCalls", "Teams.ManageChats"] },
        { resource: "clients", scopes: ["Chat", "VoIP"] },
      ],
      api: {
        identifierUris: [`api://${apiClientId}`],
        scopes: ["access_as_user"],
        roles: ["access_as_application"],
        accessTokenVersion: "2.0",
        optionalClaims: { clientCapabilities: true, tokenType: "app" },
      },
    },
    client: {
      clientId: "c0000000-0000-4000-8000-000000000002",
      displayName: "Fixture Client",
      tenants: ["home", "other"],
      publicClient: true,
      redirectUris: ["http://localhost", "http://localhost/redirect", "http://localhost/auth/redirect"],
      permissions: [
        { resource: "api", scopes: ["access_as_user"] },
        { resource: "graph", scopes: ["User.Read"] },
        { resource: "teams", scopes: ["Teams.ManageCalls", "Teams.ManageChats"] },
        { resource: "clients", scopes: ["Chat", "VoIP"] },
      ],
    },
    daemon: {
      clientId: "c0000000-0000-4000-8000-000000000003",
      displayName: "Fixture Daemon",
      tenants: ["home"],
      publicClient: false,
      clientSecret: "fixture-daemon-secret",
      redirectUris: [],
      permissions: [{ resource: "api", roles: ["access_as_application"] }],
    },
  },
  resources: {
    graph: {
      clientId: "00000003-0000-0000-c000-000000000000",
      displayName: "Microsoft Graph",
      identifierUris: ["https://graph.microsoft.com"],
      scopes: ["User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All"],
      roles: ["User.Read.All", "User.ReadWrite.All"],
      accessTokenVersion: "1.0",
    },
    communication: {
      clientId: "d0000000-0000-4000-8000-000000000001",
      displayName: "Azure Communication Services",
      identifierUris: ["https://communication.azure.com/", "https://communication.azure.com"],
      scopes: [],
      roles: [],
      accessTokenVersion: "1.0",
    },
    clients: {
      clientId: "2a04943b-b6a7-4f65-8786-2bb6131b59f6",
      displayName: "Azure Communication Services Clients",
      identifierUris: ["https://communication.azure.com/clients"],
      scopes: ["Chat", "Chat.Join", "Chat.Join.Limited", "VoIP", "VoIP.Join"],
      roles: [],
      accessTokenVersion: "1.0",
    },
    teams: {
      clientId: "1fd5118e-2576-4263-8130-9503064c837a",
      displayName: "Azure Communication Services (Teams)",
      identifierUris: ["https://auth.msft.communication.azure.com"],
      scopes: ["Teams.ManageCalls", "Teams.ManageChats", "TeamsExtension.ManageCalls"],
      roles: [],
      accessTokenVersion: "1.0",
    },
  },
};
