import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@acs-auth/emulator";
import { build, type InlineConfig, preview } from "vite";
import { fromSources, viteOptions } from "../../config/vite-options.js";
import { variablesFor } from "../../dev/variables.js";
import { freePort } from "./free-port.js";
import { fixtures } from "./people.js";

/** What all tests of a worker share: the emulator, and the built page of each kind. */
export interface Stack {
  readonly emulator: Emulator;
  readonly serverPort: number;
  /** The page as it is meant to be. */
  readonly pageUrl: string;
  /** The page whose sign-in takes accounts of every organization, though the server does not. */
  readonly multiTenantPageUrl: string;
  /** The page built without its variables, but for one that makes no sense. */
  readonly unconfiguredPageUrl: string;
  close(): Promise<void>;
}

export async function startStack(): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), "teams-spa-"));
  const emulator = await startEmulator({
    ports: { entra: 0, communication: 0, graph: 0, admin: 0 },
    certificates: join(directory, "certificates"),
    fixtures,
  });
  const serverPort = await freePort();
  const serverUrl = `http://localhost:${serverPort}`;
  const serve = (name: string, variables: Readonly<Record<string, string>>) =>
    servePage(join(directory, name), variables);
  const page = await serve("page", variablesFor(emulator, serverUrl));
  const multiTenantPage = await serve("multi-tenant", variablesFor(emulator, serverUrl, "organizations"));
  const unconfiguredPage = await serve("unconfigured", { VITE_AUTHORITY: "contoso" });
  return {
    emulator,
    serverPort,
    pageUrl: page.url,
    multiTenantPageUrl: multiTenantPage.url,
    unconfiguredPageUrl: unconfiguredPage.url,
    async close() {
      await Promise.all([page.close(), multiTenantPage.close(), unconfiguredPage.close(), emulator.close()]);
      await rm(directory, { recursive: true });
    },
  };
}

async function servePage(outDir: string, variables: Readonly<Record<string, string>>) {
  const defaults = viteOptions("build", variables);
  const port = await freePort();
  const options: InlineConfig = {
    ...defaults,
    configFile: false,
    logLevel: "warn",
    resolve: fromSources,
    build: { ...defaults.build, outDir },
    preview: { host: "localhost", port, strictPort: true },
  };
  await build(options);
  const server = await preview(options);
  return { url: `http://localhost:${port}`, close: () => server.close() };
}
