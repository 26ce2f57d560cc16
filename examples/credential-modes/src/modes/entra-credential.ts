import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { OnBehalfOfCredential } from "@azure/identity";
import type { Mode } from "./mode.js";

/**
 * Without a server of one's own, for Entra ID users who have been given access to the ACS resource (a preview). Any
 * credential of `@azure/identity` that signs a user in will do; in a browser it is `InteractiveBrowserCredential`.
 */
export const entraCredential: Mode = {
  name: "Entra ID credential",
  firstToken: "when it is made",
  nextToken: "at use after its end",
  async createCredential({ emulator }) {
    const { tenants, applications } = emulator.fixtures;
    const authority = { authorityHost: emulator.entra.url, disableInstanceDiscovery: true };
    const credential = new AzureCommunicationTokenCredential({
      resourceEndpoint: emulator.communication.url,
      tokenCredential: new OnBehalfOfCredential({
        tenantId: tenants.home.id,
        clientId: applications.api.clientId,
        clientSecret: applications.api.clientSecret,
        userAssertionToken: await emulator.mintToken({ user: "user-one" }),
        ...authority,
      }),
    });
    // It has begun to fetch a token: a failure that nobody awaits would end the process.
    await credential.getToken();
    return credential;
  },
};
