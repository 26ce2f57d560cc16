import { once } from "node:events";
import { AcsAuthService, createIdentityClient, type UserKey } from "@acs-auth/core";
import { createStore } from "./forked-store.js";

/** What the parent asks of this process. */
export interface Job {
  readonly connectionString: string;
  readonly store: Parameters<typeof createStore>[0];
  readonly users: readonly UserKey[];
}

/** What came of it: the id that each call returned, in the order of the users. */
export interface Outcome {
  readonly ids: readonly string[];
  readonly orphans: number;
}

/** One of several servers: gets ready, waits for the start signal, then serves all users at once. */
process.once("message", async ({ connectionString, store, users }: Job) => {
  let orphans = 0;
  const service = new AcsAuthService({
    identityClient: createIdentityClient(connectionString),
    store: createStore(store),
    onOrphanedIdentity: () => {
      orphans += 1;
    },
  });
  process.send?.("ready");
  await once(process, "message");
  const served = await Promise.all(users.map((user) => service.getOrCreateUser(user)));
  const outcome: Outcome = { ids: served.map(({ communicationUserId }) => communicationUserId), orphans };
  process.send?.(outcome, () => process.exit());
});
