import { RemoteProcess } from "../processes/remote-process.js";
import type { Settings } from "../upstream/upstream.js";
import type { ServerOperations } from "./serve.js";

/** `microsoft`: an authority that MSAL knows by heart. `discovered`: one that it has to look up. */
export interface ReferenceOptions {
  readonly authority: "discovered" | "microsoft";
}

export interface OursOptions {
  readonly tokenReuse: boolean;
}

type ServerOptions = ReferenceOptions | OursOptions | null;

export const CONTESTANTS = {
  reference: {
    entry: "reference",
    options: { authority: "discovered" },
    title: "the sample's steps, with instance discovery",
  },
  "reference-known-host": {
    entry: "reference",
    options: { authority: "microsoft" },
    title: "the same on an authority that today's MSAL knows by heart",
  },
  ours: { entry: "ours", options: { tokenReuse: false }, title: "acs-auth with defaults, store Graph" },
  "ours-reuse": { entry: "ours", options: { tokenReuse: true }, title: "acs-auth with token reuse, store Graph" },
  floor: { entry: "floor", options: null, title: "node:http that verifies the token and answers a constant" },
} as const satisfies Readonly<
  Record<string, { readonly entry: string; readonly options: ServerOptions; readonly title: string }>
>;

export type Contestant = keyof typeof CONTESTANTS;
export const CONTESTANT_NAMES: readonly Contestant[] = [
  "reference",
  "reference-known-host",
  "ours",
  "ours-reuse",
  "floor",
];

/** A contestant that serves. */
export interface Server {
  readonly url: string;
  readonly process: RemoteProcess<ServerOperations<ServerOptions>>;
  stop(): Promise<void>;
}

/** Starts a contestant in a fresh process. */
export async function startServer(contestant: Contestant, settings: Settings, caFile: string): Promise<Server> {
  const { entry, options } = CONTESTANTS[contestant];
  const server = new RemoteProcess<ServerOperations<ServerOptions>>(entry, {
    env: { NODE_ENV: "production", NODE_EXTRA_CA_CERTS: caFile },
  });
  const port = await server.call("start", settings, options);
  return { url: `http://127.0.0.1:${port}`, process: server, stop: () => server.stop() };
}
