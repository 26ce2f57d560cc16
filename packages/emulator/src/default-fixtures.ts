import type { Fixtures } from "./fixtures.js";

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
