import type { IdentityStore, UserKey } from "@acs-auth/core";
import type { Emulator } from "@acs-auth/emulator";
import { type BackendNetwork, testIdentityStore } from "@acs-auth/store-testkit";
import { describe, it } from "vitest";
import { EXTENSION_NAME, fixturesWithUsers, useGraph } from "./support/harness.js";

const { emulator, userKey, newStore, newAppOnlyStore, asUser } = useGraph({ fixtures: fixturesWithUsers(16) });

let backends = 0;

for (const [name, create, list] of [
  ["graph, delegated", newStore, false],
  ["graph, app-only", newAppOnlyStore, true],
] as const) {
  testIdentityStore(
    { describe, it },
    {
      name,
      capabilities: { insert: "best-effort", conditionalRemove: false, list },
      async setup() {
        const extensionName = `${EXTENSION_NAME}${backends++}`;
        const network = networkOf(emulator());
        return {
          createStore: (): IdentityStore => create({ extensionName }),
          probe: (user) => storedId(nameOf(user), extensionName),
          optionsFor: async (user) => ({ userAssertion: await assertionFor(user) }),
          user: (n) => userKey(`many-${n}`),
          network,
          async teardown() {
            network.assertUsed();
            emulator().reset();
          },
        };
      },
    },
  );
}

function nameOf(user: UserKey): string {
  const { users } = emulator().fixtures;
  return Object.keys(users).find((name) => users[name]?.objectId === user.objectId) ?? "many-0";
}

const assertions = new Map<string, Promise<string>>();

/** For users that the directory does not know, another user's: the store must not take it for theirs. */
async function assertionFor(user: UserKey): Promise<string> {
  const name = nameOf(user);
  const assertion = assertions.get(name) ?? emulator().mintToken({ user: name });
  assertions.set(name, assertion);
  return assertion;
}

async function storedId(name: string, extensionName: string): Promise<string | undefined> {
  const response = await asUser(name, "GET", `/${extensionName}`);
  if (response.status === 404) return undefined;
  const { communicationUserId } = (await response.json()) as { communicationUserId: string };
  return communicationUserId;
}

/** The emulator's faults. They strike Graph and Entra ID alike; the replies that are lost are Graph's. */
function networkOf({ faults }: Emulator): BackendNetwork & { assertUsed(): void } {
  let outage: ReturnType<typeof faults.add> | undefined;
  let latency: ReturnType<typeof faults.add> | undefined;
  const losses: ReturnType<typeof faults.add>[] = [];
  return {
    async takeDown() {
      outage = faults.add({ connection: "reset" });
    },
    async bringUp() {
      outage?.remove();
    },
    async delay(delayInMs) {
      latency?.remove();
      latency = delayInMs > 0 ? faults.add({ delayInMs }) : undefined;
    },
    async loseNextReply() {
      for (const method of ["POST", "DELETE"]) {
        losses.push(faults.add({ service: "graph", method, times: 1, stage: "after", connection: "reset" }));
      }
    },
    assertUsed() {
      if (losses.length > 0 && losses.every(({ struck }) => struck === 0)) throw new Error("No reply was lost.");
    },
  };
}
