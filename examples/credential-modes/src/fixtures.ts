import { defaultFixtures, type Fixtures } from "@acs-auth/emulator";

const { resources, applications } = defaultFixtures;

/** The emulator's fixtures, with the permissions by which Entra ID users get ACS tokens without a server of one's own. */
export const fixtures: Fixtures = {
  ...defaultFixtures,
  resources: {
    ...resources,
    clients: {
      clientId: "2a04943b-b6a7-4f65-8786-2bb6131b59f6",
      displayName: "Azure Communication Services Clients",
      identifierUris: ["https://communication.azure.com/clients"],
      scopes: ["Chat", "VoIP"],
      roles: [],
      accessTokenVersion: "1.0",
    },
  },
  applications: {
    ...applications,
    api: {
      ...applications.api,
      permissions: [...applications.api.permissions, { resource: "clients", scopes: ["Chat", "VoIP"] }],
    },
  },
};
