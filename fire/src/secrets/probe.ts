import type { AuthenticatedUser } from "@acs-auth/core";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { Canaries, type Sensitivity } from "./canaries.js";
import { listen, type Utterance } from "./outlets.js";
import { type Server, type Servers, startServers } from "./servers.js";
import { recordSpans } from "./spans.js";
import { type Caller, type Sweep, sweep } from "./sweep.js";

/** What the operations of some servers came to, and all that was said meanwhile. */
export interface Outcome {
  readonly succeeded: number;
  readonly failed: number;
  readonly said: readonly Utterance[];
}

/** Servers with canaries in all their secrets, and everything that is said while a test file runs. */
export function useCanaries() {
  const canaries = new Canaries();
  const spans = recordSpans();
  let emulator: Emulator;
  let servers: Servers;
  let ears: ReturnType<typeof listen>;

  beforeAll(async () => {
    emulator = await startEmulator({ ports: { entra: 0, communication: 0, graph: 0, admin: 0 } });
    ears = listen();
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
      const token = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "");
      if (token) canaries.plant("token for Microsoft Graph", token);
      return fetch(input, init);
    });
    servers = await startServers(emulator, canaries);
  });
  afterEach(() => {
    servers.clearStoreFaults();
    emulator.faults.clear();
  });
  afterAll(async () => {
    ears.stop();
    vi.restoreAllMocks();
    await servers.close();
    await emulator.close();
    await spans.stop();
  });

  return {
    canaries,
    emulator: () => emulator,
    servers: () => servers,

    /** A signed-in user whose tokens and personal data are planted. */
    signIn: () => signIn(emulator, canaries),

    /** Calls every operation of each server, one after the other or all at once. */
    async probe(caller: Caller, all: readonly Server[], order: Parameters<typeof sweep>[3]): Promise<Outcome> {
      const sweeps = await Promise.all(all.map((server) => sweep(server, caller, canaries, order)));
      const said = [...ears.said.splice(0), ...spans.take(), ...sweeps.flatMap((done) => done.said)];
      return { succeeded: sum(sweeps, "succeeded"), failed: sum(sweeps, "failed"), said };
    },

    /** Where a canary was seen that must not be seen there. */
    leaks(said: readonly Utterance[]): string[] {
      const found = said.flatMap(({ outlet, isOurs, text }) => {
        const forbidden: readonly Sensitivity[] = isOurs ? ["secret", "personal"] : ["secret"];
        return canaries.findIn(text, forbidden).map((name) => `${name} in ${outlet}: ${text.slice(0, 300)}`);
      });
      return [...new Set(found)];
    },
  };
}

async function signIn(emulator: Emulator, canaries: Canaries): Promise<Caller> {
  const { users, tenants } = emulator.fixtures;
  const { objectId, userPrincipalName, displayName } = users["user-one"];
  const [accessToken, teamsToken] = await Promise.all([
    emulator.mintToken({ user: "user-one" }),
    emulator.mintToken({ user: "user-one", audience: "teams" }),
  ]);
  for (const [name, token] of Object.entries({ "access token": accessToken, "Teams token": teamsToken })) {
    canaries.plant(name, token);
    for (const part of token.split(".").slice(1)) canaries.plant(`part of the ${name}`, part);
  }
  canaries.plant("object id", objectId, "personal");
  canaries.plant("user principal name", userPrincipalName, "personal");
  canaries.plant("display name", displayName, "personal");
  const user: AuthenticatedUser = {
    tenantId: tenants.home.id,
    objectId,
    accessToken,
    scopes: ["access_as_user"],
    clientId: undefined,
    claims: { preferred_username: userPrincipalName, name: displayName },
  };
  return { user, teamsToken };
}

function sum(sweeps: readonly Sweep[], figure: "succeeded" | "failed"): number {
  return sweeps.reduce((total, sweepOfOne) => total + sweepOfOne[figure], 0);
}
