import { AcsAuthError, AcsAuthService, createIdentityClient } from "@acs-auth/core";
import { createStore } from "../backends/store-place.js";
import type { Answer, Job, WorkerSettings } from "./messages.js";

/** A server in a process of its own. Ready when everything has been connected and checked; then one job after another. */
process.once("disconnect", () => process.exit());
process.once("message", async ({ connectionString, place }: WorkerSettings) => {
  const service = new AcsAuthService({
    identityClient: createIdentityClient(connectionString),
    store: createStore(place),
    onOrphanedIdentity: ({ communicationUserId }) => send({ kind: "orphan", communicationUserId }),
  });
  process.on("message", async ({ method, user }: Job) => {
    try {
      await service[method](user);
      send({ kind: "done" });
    } catch (error) {
      send({ kind: "failed", code: AcsAuthError.is(error) ? error.code : String(error) });
    }
  });
  await service.getUser({ tenantId: "nobody", objectId: "nobody" });
  send({ kind: "ready" });
});

function send(answer: Answer): void {
  process.send?.(answer);
}
