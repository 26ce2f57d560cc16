import { AcsAuthClient } from "@acs-auth/client";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import type { Mode } from "./mode.js";

/** For what ends before the token does. */
export const staticToken: Mode = {
  name: "static token",
  firstToken: "before",
  nextToken: "never",
  async createCredential({ server, scopes }) {
    const { token } = await new AcsAuthClient(server).issueToken({ scopes });
    return new AzureCommunicationTokenCredential(token);
  },
};
