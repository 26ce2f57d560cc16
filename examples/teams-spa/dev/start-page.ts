import { createServer } from "vite";
import { viteOptions } from "../config/vite-options.js";
import { type EmulatorUrls, variablesFor } from "./variables.js";

/** What the page is started for. */
export interface StartPageOptions {
  /** The running emulator. */
  readonly emulator: EmulatorUrls;
  /** The running server; its `CORS_ORIGINS` must list `http://localhost:<port>`. */
  readonly serverUrl: string;
  /** The page's own port. */
  readonly port: number;
}

/** The page, served for development. */
export interface StartedPage {
  /** `http://localhost:<port>`, whose redirect address the emulator's client application has registered. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the page from its sources, configured for a running emulator and server.
 *
 * @throws Error if the port is in use.
 */
export async function startPage({ emulator, serverUrl, port }: StartPageOptions): Promise<StartedPage> {
  const options = viteOptions("serve", variablesFor(emulator, serverUrl));
  const server = await createServer({
    ...options,
    configFile: false,
    logLevel: "warn",
    server: { ...options.server, host: "localhost", port },
  });
  try {
    await server.listen();
  } catch (error) {
    await server.close();
    throw error;
  }
  return { url: `http://localhost:${port}`, close: () => server.close() };
}
