import type { Stack } from "./stack.js";

/** What the journey needs to know; it runs in a process of its own, started with the emulator's certificate authority. */
export interface JourneySettings {
  readonly serverUrl: string;
  readonly authority: string;
  readonly clientId: string;
  readonly apiScope: string;
  readonly userName: string;
}

const VARIABLE = "DEMO_SETTINGS";

export function journeyEnvironment({ emulator, serverUrl }: Stack): NodeJS.ProcessEnv {
  const { tenants, applications, users } = emulator.fixtures;
  const settings: JourneySettings = {
    serverUrl,
    authority: `${emulator.entra.url}/${tenants.home.id}`,
    clientId: applications.client.clientId,
    apiScope: `api://${applications.api.clientId}/access_as_user`,
    userName: users["user-one"].userPrincipalName,
  };
  return { ...process.env, NODE_EXTRA_CA_CERTS: emulator.caFile, [VARIABLE]: JSON.stringify(settings) };
}

export function readJourneySettings(): JourneySettings {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("This script is started by `pnpm demo`.");
  return JSON.parse(text);
}
