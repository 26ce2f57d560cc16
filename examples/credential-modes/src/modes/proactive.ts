import { createAcsTokenCredential } from "@acs-auth/client";
import type { Mode } from "./mode.js";

/** For calls and chats that go on: nobody waits, and a refresh that fails is made up for. */
export const proactive: Mode = {
  name: "proactive",
  firstToken: "before",
  nextToken: "10 min before its end",
  createCredential: ({ server, scopes }) => createAcsTokenCredential({ kind: "user", ...server, scopes }),
};
