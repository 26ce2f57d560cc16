import { AcsAuthClient } from "@acs-auth/client";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import type { Mode } from "./mode.js";

/** Whoever asks first after the end of a token waits for the next. */
export const callback: Mode = {
  name: "callback",
  firstToken: "at first use",
  nextToken: "at use after its end",
  async createCredential({ server, scopes }) {
    const client = new AcsAuthClient(server);
    return new AzureCommunicationTokenCredential({
      tokenRefresher: async () => (await client.issueToken({ scopes })).token,
    });
  },
};
