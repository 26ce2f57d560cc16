import { once } from "node:events";
import { AcsAuthService, createIdentityClient, type IdentityStore } from "@acs-auth/core";
import type { ServerOutcome, ServerTask } from "./server-processes.js";

/** More than a busy machine takes: what is shown does not depend on time. */
const TIMEOUT_IN_MS = 60_000;

/** One of several servers: gets ready, waits for the start signal, then serves all users at once. */
process.once("message", async ({ connectionString, store, users }: ServerTask) => {
  let orphans = 0;
  const { createStore }: { createStore(argument: unknown): IdentityStore } = await import(store.module);
  const service = new AcsAuthService({
    identityClient: createIdentityClient(connectionString, { requestTimeoutInMs: TIMEOUT_IN_MS }),
    store: createStore(store.argument),
    timeoutInMs: TIMEOUT_IN_MS,
    onOrphanedIdentity: () => {
      orphans += 1;
    },
  });
  process.send?.("ready");
  await once(process, "message");
  const served = await Promise.all(users.map((user) => service.getOrCreateUser(user)));
  const outcome: ServerOutcome = { ids: served.map(({ communicationUserId }) => communicationUserId), orphans };
  process.send?.(outcome, () => process.exit());
});
