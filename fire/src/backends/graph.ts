import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { appOnly, GraphIdentityStore } from "@acs-auth/store-graph";
import { ClientSecretCredential } from "@azure/identity";
import type { Backend } from "./backend.js";
import { REQUEST_TIMEOUT_IN_MS } from "./backend.js";

/** Extensions of the users of the emulated directory, which the server writes as an application. */
export function startGraphBackend(): Backend {
  const key = { id: "fire", key: randomBytes(32) };
  return {
    name: "graph",
    async openSpace(emulator) {
      const { applications, tenants } = emulator.fixtures;
      const { clientId, clientSecret } = applications.api;
      const newStore = (requestTimeoutInMs: number) =>
        new GraphIdentityStore({
          access: appOnly({
            credential: new ClientSecretCredential(tenants.home.id, clientId, clientSecret, {
              authorityHost: emulator.entra.url,
              disableInstanceDiscovery: true,
              retryOptions: { maxRetries: 0 },
            }),
          }),
          graphEndpoint: emulator.graph.url,
          mappingKeys: [key],
          requestTimeoutInMs,
        });
      const faults: ReturnType<typeof emulator.faults.add>[] = [];
      return {
        place: undefined,
        newStore: () => newStore(REQUEST_TIMEOUT_IN_MS),
        truth: newStore(30_000),
        network: {
          addFault(fault) {
            const added = emulator.faults.add({ service: "graph", ...fault });
            faults.push(added);
            return added;
          },
          clearFaults() {
            for (const added of faults) added.remove();
          },
          async settled() {
            const struck = faults.splice(0).filter((added) => added.struck > 0);
            await setTimeout(Math.max(0, ...struck.map(({ fault }) => fault.delayInMs ?? 0)));
          },
        },
        /** With the emulator. */
        async clear() {},
        async close() {},
      };
    },
    async close() {},
  };
}
